"""Parquet files as bytes: their footers, and files that are made of column chunks of others.

Source: Apache Parquet format, parquet.thrift and README ("File format"); Apache Thrift, compact protocol.
"""
