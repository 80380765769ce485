"""The ledger, as far as the caller may read it."""

from ninja import Query, Router, Schema

