"""Invoices are paid: by debits that firms allowed, by transfers found in statements; or are late.

| module | holds |
| --- | --- |
| `mandates` | what firms allowed to be debited: signed, registered at their bank, ended |
| `debiting` | debits announced fourteen days before, and the file that the bank takes |
| `importing` | the statements of the bank, each movement once |
| `matching` | which movement pays which invoice, proposed with the reason |
| `paying` | a movement pays invoices, or is taken off; a debit comes back |
| `late` | the interest and the fee that the law gives for a late payment |
| `reminding` | reminders, within what firms accept to be written to |
| `queries` | what is paid and what is still owed |
"""
