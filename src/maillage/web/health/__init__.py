"""How shared work goes: its figures, their thresholds, and the plans that answer them."""
