"""Pooling: which permanent jobs can firms create together from their partial needs?

instance = Instance(needs=..., contract=CONTRACTS["annual"], ...)
result = solve(instance, stop=MaxRuntime(30), seed=1)
result.status, result.objective, result.bound, result.gap, result.explain()
"""
