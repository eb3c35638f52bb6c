"""What a month costs and who pays it: prices, invoices, payments, and the files handed over."""
