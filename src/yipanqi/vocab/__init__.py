"""The words of the field: stages, codes, money, periods, actors."""
