"""Tables in, tables out: measures of industry on Ibis."""
