"""The options ``--engine``, ``--master`` and ``--spark-conf``: where the work of a screening is done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, Literal

import click

from clearband.errors import UsageError


@dataclass(frozen=True)
class Engine:
    """Where the work is done.

    Attributes:
        master: Master of the Spark cluster; None where the work is done here.
        conf: Settings of Spark.
    """

    master: str | None = None
    conf: Mapping[str, str] = field(default_factory=dict)


def engine_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options to a command, which gets an `Engine` as ``engine``."""

    @wraps(command)
    def with_engine(
        *arguments: Any,
        engine: Literal["local", "spark"],
        master: str | None,
        spark_conf: tuple[str, ...],
        **others: Any,
    ) -> Any:
        return command(*arguments, engine=_engine(engine, master, spark_conf), **others)

    wrapped: Callable[..., Any] = with_engine
    for option in reversed(_OPTIONS):
        wrapped = option(wrapped)
    return wrapped


def _engine(name: str, master: str | None, spark_conf: tuple[str, ...]) -> Engine:
    if name == "local":
        for option, given in (("--master", master), ("--spark-conf", spark_conf)):
            if given:
                raise UsageError(
                    f"{option} goes with --engine spark only", remedy=f"add it, or leave {option} out"
                )
        return Engine()
    if not master:
        raise UsageError(
            "--engine spark needs the master of a cluster",
            remedy="name it with --master, as spark://HOST:7077 or local[2]",
        )
    for said in spark_conf:
        if not said.partition("=")[0].startswith("spark.") or "=" not in said:
            raise UsageError(
                f'"{said}" is no setting of Spark',
                where="--spark-conf",
                remedy="write it as KEY=VALUE, such as spark.executor.memory=4g",
            )
    parted = (said.partition("=") for said in spark_conf)
    return Engine(master, {key: value for key, _, value in parted})


_OPTIONS = (
    click.option(
        "--engine",
        type=click.Choice(["local", "spark"]),
        default="local",
        show_default=True,
        help="Where the work is done: here, or, as with --stream, by the workers of a Spark cluster.",
    ),
    click.option(
        "--master",
        metavar="URL",
        help="With --engine spark: master of the cluster, such as spark://HOST:7077, local[4], yarn.",
    ),
    click.option(
        "--spark-conf",
        multiple=True,
        metavar="KEY=VALUE",
        help="With --engine spark: a setting of Spark, such as spark.executor.memory=4g; several allowed.",
    ),
)
