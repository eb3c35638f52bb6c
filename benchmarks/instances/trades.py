"""The invented economy of the pooling benchmarks: seasons, sectors, job families.

Shares are relative weights. A season gives, month by month, the hours asked for in percent of
the peak.
"""

from dataclasses import dataclass

PEAKS = (28, 42, 56, 70)  # half-hours a week in the busiest month of a seasonal need
SUPPORT_SIZES = (13, 21, 19, 19, 13, 10, 5)  # weights of 1 to 7 half-days a week, all year

# fmt: off
#           Jan  Feb  Mar  Apr  May  Jun  Jul  Aug  Sep  Oct  Nov  Dec
HARVEST  = (  0,   4,  20,  32,  48,  40,  28,  58, 100,  78,  18,   2)
ORCHARD  = (  0,   2,   8,  12,  30,  62,  98, 100,  95,  70,  22,   2)
SPRING   = ( 10,  32,  86, 100,  96,  68,  30,  22,  30,  38,  28,  10)
AUTUMN   = ( 22,  20,  20,  22,  30,  40,  54,  78, 100,  98,  94,  74)
DECEMBER = ( 36,  12,  11,  12,  18,  20,  26,  18,  26,  42,  95, 100)
TOURISM  = ( 10,  15,  28,  54,  70,  92, 100,  97,  76,  38,  12,  18)
SKI      = (100,  98,  92,  55,   4,   2,  10,  10,   2,   2,  16,  86)
TAX      = ( 92, 100,  99,  97,  88,  50,  32,  16,  38,  40,  50,  75)
# fmt: on


@dataclass(frozen=True, slots=True)
class Sector:
    """A kind of firm: its weight, the help its seasons ask for, and its steady support."""

    name: str
    share: float
    seasonal: tuple[tuple[str, float, tuple[int, ...]], ...]  # family, share of firms, season
    support: tuple[tuple[str, float], ...]  # family, weight among the support it may want
    support_counts: tuple[float, ...]  # weights of wanting 0, 1, 2… of them
    closes_in_august: bool = True


_OFFICE = (
    ("bookkeeping", 6.2),
    ("payroll", 5.6),
    ("secretary", 5.2),
    ("it_support", 4.8),
    ("communication", 4.0),
    ("front_desk", 2.7),
)
_PREMISES = (("upkeep", 8.5), ("cleaning", 7.2))
_STORES = (("warehouse", 5.0), ("stock_control", 3.6), ("purchasing", 3.0))
_PLANT = (("quality", 14.0), ("electromechanics", 10.0))

SECTORS = (
    Sector(
        name="Vineyard",
        share=8.0,
        seasonal=(("vine_work", 0.84, HARVEST),),
        support=(*_OFFICE, *_PREMISES, *_STORES),
        support_counts=(42, 34, 17, 6, 1),
        closes_in_august=False,
    ),
    Sector(
        name="Orchard",
        share=8.0,
        seasonal=(
            ("fruit_picking", 0.68, ORCHARD),
            ("packing", 0.46, ORCHARD),
            ("driving", 0.36, ORCHARD),
        ),
        support=(*_OFFICE, *_PREMISES, *_STORES),
        support_counts=(44, 34, 16, 5, 1),
        closes_in_august=False,
    ),
    Sector(
        name="Gardens",
        share=3.0,
        seasonal=(("gardening", 0.66, SPRING), ("sales", 0.40, SPRING)),
        support=(*_OFFICE, *_PREMISES, *_STORES),
        support_counts=(38, 34, 19, 8, 1),
        closes_in_august=False,
    ),
    Sector(
        name="Food maker",
        share=12.0,
        seasonal=(
            ("food_making", 0.58, AUTUMN),
            ("packing", 0.36, DECEMBER),
            ("warehouse", 0.36, DECEMBER),
        ),
        support=(*_PREMISES, *_OFFICE, *_PLANT, ("stock_control", 4.0), ("driving", 2.5)),
        support_counts=(24, 36, 25, 11, 4),
    ),
    Sector(
        name="Inn",
        share=12.0,
        seasonal=(
            ("hotel_desk", 0.54, TOURISM),
            ("kitchen", 0.51, TOURISM),
            ("cleaning", 0.46, TOURISM),
            ("waiting", 0.41, TOURISM),
        ),
        support=(*_OFFICE, ("upkeep", 8.5), ("purchasing", 2.0)),
        support_counts=(46, 34, 15, 5),
        closes_in_august=False,
    ),
    Sector(
        name="Ski station",
        share=3.0,
        seasonal=(
            ("ski_lift", 0.74, SKI),
            ("sales", 0.36, SKI),
            ("waiting", 0.28, SKI),
            ("hotel_desk", 0.28, SKI),
        ),
        support=(*_OFFICE, *_PREMISES),
        support_counts=(52, 32, 13, 3),
        closes_in_august=False,
    ),
    Sector(
        name="Shop",
        share=16.0,
        seasonal=(("sales", 0.58, DECEMBER), ("warehouse", 0.20, DECEMBER)),
        support=(*_OFFICE, *_PREMISES, *_STORES, ("driving", 2.0)),
        support_counts=(26, 38, 25, 9, 2),
    ),
    Sector(
        name="Haulier",
        share=6.5,
        seasonal=(
            ("warehouse", 0.52, DECEMBER),
            ("driving", 0.46, DECEMBER),
            ("packing", 0.30, DECEMBER),
        ),
        support=(*_OFFICE, *_PREMISES, ("stock_control", 9.0), ("driving", 5.0)),
        support_counts=(22, 36, 27, 12, 3),
    ),
    Sector(
        name="Accountants",
        share=9.0,
        seasonal=(("bookkeeping", 0.52, TAX), ("payroll", 0.34, TAX), ("secretary", 0.30, TAX)),
        support=(*_OFFICE, ("cleaning", 7.2), ("upkeep", 4.0)),
        support_counts=(40, 36, 18, 6),
    ),
    Sector(
        name="Workshop",
        share=18.5,
        seasonal=(),
        support=(*_PLANT, *_PREMISES, *_STORES, *_OFFICE),
        support_counts=(0, 14, 30, 31, 17, 6, 2),
    ),
    Sector(
        name="Offices",
        share=4.0,
        seasonal=(),
        support=(*_OFFICE, *_PREMISES, ("purchasing", 3.0), ("quality", 8.0)),
        support_counts=(0, 20, 34, 28, 13, 5),
    ),
)

# Families one person can hold together; a family is always related to itself.
RELATED = (
    ("bookkeeping", "payroll"),
    ("bookkeeping", "stock_control"),
    ("payroll", "secretary"),
    ("secretary", "front_desk"),
    ("secretary", "purchasing"),
    ("secretary", "communication"),
    ("communication", "it_support"),
    ("front_desk", "hotel_desk"),
    ("front_desk", "sales"),
    ("hotel_desk", "waiting"),
    ("hotel_desk", "cleaning"),
    ("waiting", "kitchen"),
    ("waiting", "sales"),
    ("kitchen", "food_making"),
    ("food_making", "packing"),
    ("packing", "warehouse"),
    ("packing", "fruit_picking"),
    ("warehouse", "stock_control"),
    ("warehouse", "driving"),
    ("driving", "ski_lift"),
    ("quality", "electromechanics"),
    ("upkeep", "electromechanics"),
    ("upkeep", "gardening"),
    ("gardening", "vine_work"),
    ("vine_work", "fruit_picking"),
)
