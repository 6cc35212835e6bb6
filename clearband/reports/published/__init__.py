"""What is generated beside a published list: a table for spreadsheets and a page for readers."""
