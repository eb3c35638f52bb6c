"""Somebody is away, or a firm has too much work: who could come, who is asked, who says yes.

| module | holds |
| --- | --- |
| `declaring` | an absence, said by whoever plans, the worker or a firm: its slots become calls |
| `asking` | a firm asks for help; a call that is no longer needed, or that nobody answers |
| `looking` | who could come, in order, kept with the call |
| `offering` | a slot proposed to some, accepted under lock, refused without consequence |
| `links` | the link by which a worker answers a proposal, and the one of their calendar |
| `telling` | who is told of what |
| `shifts` | what people were told, kept in step with what a call changed |
| `seeing` | a worker has seen their week |
| `hands` | firms that lend each other a hand |
| `queries` | reads, each says for whom |
| `wording` | exclusions in words |
"""
