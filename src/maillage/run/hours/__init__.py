"""The month's hours, from the plan to a signature: what invoices and pay are made of.

| module | holds |
| --- | --- |
| `prefilling` | entries made of the plan: work, late cancellations, travel, public holidays |
| `declaring` | what workers say they worked |
| `expenses` | what they spent for firms |
| `confirming` | firms confirm by one tap, dispute, or are silent long enough |
| `closing` | a month is closed; what was wrong is put right in the next |
| `paying` | what pay is prepared with before the month ends, and puts right after |
| `queries` | what stands in a month, what is signed, and why it differs from the plan |
"""
