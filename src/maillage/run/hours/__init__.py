"""The month's hours, from the plan to a signature: what invoices and pay are made of.

| module | holds |
| --- | --- |
| `prefilling` | entries made of the plan: work, late cancellations, travel, public holidays |
| `queries` | what stands in a month, what is signed, and why it differs from the plan |
"""
