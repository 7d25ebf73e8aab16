#!/usr/bin/env python3
"""Writes colormaps.json from matplotlib's colour maps (Debian: python3-matplotlib 3.6.3).

Needed only to renew the data; the build reads the JSON file alone. A ramp is stored with the
fewest evenly spaced colours that give back all 256 of matplotlib's exactly, else with all 256.
"""
import json
import pathlib

import matplotlib
import numpy as np
from matplotlib.colors import ListedColormap

QUALITATIVE_LIMIT = 32  # listed maps with fewer colours are sets of steps, not ramps
RELIEF = {  # ours; heights from lowland green to snow, without the blue that would read as water
    "hypsometric": ["3f7f4c", "9bbf72", "efe6ac", "d0a667", "94643f", "8f7f78", "fafafa"],
}


def hexes(colours):
    return ["%02x%02x%02x" % tuple(c) for c in colours]


def sampled(colour_map, count):
    colours = colour_map.resampled(count)(np.arange(count))[:, :3]
    return np.floor(colours * 255 + 0.5).astype(int)


def spread(stops):
    """256 colours of evenly spaced stops, in the arithmetic of named_ramp()."""
    place = np.arange(256) * (len(stops) - 1)
    left = np.minimum(place // 255, len(stops) - 2)
    part = (place - left * 255)[:, None]
    return (stops[left] * (255 - part) + stops[left + 1] * part + 127) // 255


def fewest(colour_map):
    wanted = sampled(colour_map, 256)
    for count in range(2, 65):
        stops = sampled(colour_map, count)
        if np.array_equal(spread(stops), wanted):
            return stops
    return wanted


def listed(colour_map):
    return isinstance(colour_map, ListedColormap) and colour_map.N < QUALITATIVE_LIMIT


ramps, steps = {}, {}
for name in sorted(matplotlib.colormaps):
    if name.endswith("_r"):
        continue
    colour_map = matplotlib.colormaps[name]
    if listed(colour_map):
        rounded = np.floor(np.array(colour_map.colors) * 255 + 0.5).astype(int)
        steps[name.lower()] = "".join(hexes(rounded))
    else:
        ramps[name.lower()] = "".join(hexes(fewest(colour_map)))
ramps["grey"] = ramps["gray"]
ramps |= {name: "".join(stops) for name, stops in RELIEF.items()}

document = {
    "source": "matplotlib " + matplotlib.__version__ + "; hypsometric: Relief",
    "licence": "see README.md",
    "ramps": dict(sorted(ramps.items())),
    "steps": dict(sorted(steps.items())),
}
text = json.dumps(document, indent=1)
pathlib.Path(__file__).with_name("colormaps.json").write_text(text + "\n", encoding="ascii")
