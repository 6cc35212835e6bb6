"""A plan to look at: a page, charts, work orders. All numbers are made anew from the tables."""

from clearband.reports.plan.write import PlanReport, check_out, write_plan_report

__all__ = ["PlanReport", "check_out", "write_plan_report"]
