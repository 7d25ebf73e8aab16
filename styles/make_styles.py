#!/usr/bin/env python3
"""Writes the styles of this folder (*.json beside it) and the class tables (classes/*.json).

Usage: make_styles.py       Equal input gives equal files. Needs nothing but Python.

Four base maps differ in their colours alone, and the maps of a theme lie on one of them: so what
they share is said here once. What is shipped, checked and tested are the JSON files.
"""

import json
import pathlib

HERE = pathlib.Path(__file__).resolve().parent
CREDIT = "Made with Natural Earth"

# --- base maps -----------------------------------------------------------------------------------

LIGHT = dict(water="#d3e3ec", land="#f7f5ef", coast="#5f7f91", river="#5487ad", boundary="#6e5a6a",
             country="#4a3f4d", place="#22262a", water_label="#2b5670", halo="#ffffff", town="#3d4348")
DARK = dict(water="#0f1a22", land="#222d35", coast="#7f99a9", river="#5f8fae", boundary="#c3afbd",
            country="#dcd3de", place="#f2f5f7", water_label="#9cc3d9", halo="#0b1217", town="#cfd8de")
GREY = dict(water="#dedede", land="#ffffff", coast="#3a3a3a", river="#6e6e6e", boundary="#000000",
            country="#1a1a1a", place="#000000", water_label="#333333", halo="#ffffff", town="#000000")
# Red alone, so that eyes stay used to the dark; brightness tells things apart.
NIGHT = dict(water="#000000", land="#240000", coast="#d00000", river="#c80000", boundary="#f00000",
             country="#ff0000", place="#ff0000", water_label="#f80000", halo="#000000", town="#ff0000",
             town_font=["Noto Sans Bold"])
# Under a theme: what is below the subject keeps quiet.
QUIET = dict(water="#dbe4e9", land="#f6f6f3", coast="#6a7d88", river="#6b91a9", boundary="#75717a",
             country="#55505a", place="#2f3338", water_label="#3f6175", halo="#ffffff", town="#4c5157")

REGULAR, BOLD, ITALIC = ["Noto Sans Regular"], ["Noto Sans Bold"], ["Noto Sans Italic"]


def house(layer):
    return {"type": "vector", "url": f"relief://{layer}"}


def zooms(*stops):
    """Linear between zoom, value, zoom, value …"""
    return ["interpolate", ["linear"], ["zoom"], *stops]


POLYGON = ["==", ["geometry-type"], "Polygon"]
POINT = ["==", ["geometry-type"], "Point"]
LINE = ["==", ["geometry-type"], "LineString"]
ROUND = {"line-cap": "round", "line-join": "round"}


def one_of(value, codes):
    return ["in", value, ["literal", codes]]


def both(geometry, condition):
    return ["all", geometry, condition]


# A language is chosen by putting another one in the place of "name:en".
NAME = ["coalesce", ["get", "name:en"], ["get", "name"]]
# Natural Earth states from which zoom of a 256 pixel world on something is worth showing.
def worth_showing(levels):
    return ["<=", ["coalesce", ["get", "min_zoom"], 0], ["+", ["zoom"], levels]]


WORTH_SHOWING = worth_showing(1)

BASE_SOURCES = {name: house(name) for name in
                ["ne-land", "ne-lakes", "ne-rivers", "ne-coastline", "ne-boundaries", "ne-country-labels", "ne-places"]}


# What a legend calls a layer; one that is not here has no entry of its own.
LEGEND = {
    "land": "Land", "lakes": "Lake", "rivers": "River", "coastline": "Coast",
    "boundaries": "Boundary", "boundaries-disputed": "Boundary, disputed or undetermined",
    "boundaries-control": "Line of control", "boundaries-claimed": "Boundary, claimed",
    "classes": "Class", "not-analysed": "Not analysed", "unknown": "Unknown class",
    "areas-not-known": "No value", "areas-closed": "Area closed", "areas-restricted": "Area restricted",
    "areas-not-analysed": "Area not analysed", "roads-open": "Road open", "roads-restricted": "Road restricted",
    "roads-closed": "Road closed", "roads-unknown": "Road, state unknown", "roads-not-analysed": "Road not analysed",
    "areas": "Value", "flows": "Movement of people", "people": "Displaced people", "people-not-known": "Number not known",
    "heat": "Density of events", "events": "Event",
    "unknown-icons": "Category not known",
}


def layer(identity, kind, source, legend=None, classes=None, **rest):
    """`legend`: its name there, if not that above; `classes`: those of its classes, False where one has no entry."""
    entry = {"id": identity, "type": kind, "source": source,
             "metadata": {"relief:legend": legend or LEGEND.get(identity, False)}}
    if classes:
        entry["metadata"]["relief:legend-classes"] = classes
    if source.startswith("ne-"):
        entry["source-layer"] = source
    entry.update({key.replace("_", "-"): value for key, value in rest.items()})
    return entry


def ground(colours):
    """Sea, land and fresh water."""
    return [
        {"id": "water", "type": "background", "paint": {"background-color": colours["water"]}},
        layer("land", "fill", "ne-land", paint={"fill-color": colours["land"], "fill-antialias": True}),
        layer("lakes", "fill", "ne-lakes", filter=WORTH_SHOWING, paint={"fill-color": colours["water"]}),
        layer("lake-shores", "line", "ne-lakes", filter=WORTH_SHOWING,
              paint={"line-color": colours["coast"], "line-width": zooms(2, 0.3, 8, 0.8)}),
        layer("rivers", "line", "ne-rivers", filter=WORTH_SHOWING, minzoom=2,
              layout=ROUND,
              paint={"line-color": colours["river"], "line-width": zooms(2, 0.4, 6, 1, 12, 2.4)}),
        layer("coastline", "line", "ne-coastline", layout={"line-join": "round"},
              paint={"line-color": colours["coast"], "line-width": zooms(0, 0.35, 4, 0.7, 10, 1.3)}),
    ]


def boundaries(colours, halo=None):
    """Lines that not everyone holds for a boundary are broken; which they are, the data say."""
    width = zooms(0, 0.5, 4, 1, 8, 1.8, 14, 3)

    def line(identity, statuses, dash=None):
        paint = {"line-color": colours["boundary"], "line-width": width}
        if dash:
            paint["line-dasharray"] = dash
        return layer(identity, "line", "ne-boundaries",
                     filter=["all", one_of(["get", "status"], statuses), WORTH_SHOWING],
                     layout={"line-join": "round"}, paint=paint)

    lines = []
    if halo:
        lines.append(layer("boundary-halos", "line", "ne-boundaries",
                           filter=WORTH_SHOWING, layout={"line-join": "round"},
                           paint={"line-color": halo, "line-opacity": 0.7, "line-width": zooms(0, 1.5, 4, 2.6, 8, 4.2, 14, 6)}))
    # A status that is not known here is no recognised boundary.
    other = line("boundaries-disputed", [], [3, 2])
    other["filter"] = ["all", ["!", one_of(["get", "status"], ["recognised", "line-of-control", "claim"])], WORTH_SHOWING]
    return lines + [
        line("boundaries-claimed", ["claim"], [1, 2.2]),
        other,
        line("boundaries-control", ["line-of-control"], [6, 2, 1.2, 2]),
        line("boundaries", ["recognised"]),
    ]


def text(colours, colour, width=1.4):
    return {"text-color": colours[colour], "text-halo-color": colours["halo"], "text-halo-width": width}


def water_words(**placement):
    return {**placement, "text-field": NAME, "text-font": ITALIC, "text-size": zooms(5, 10, 10, 13)}


def around(distance, anchors=("left", "right", "top", "bottom")):
    """Words beside their point, wherever there is room."""
    return {"text-variable-anchor": list(anchors), "text-radial-offset": distance, "text-justify": "auto"}


def place(identity, first, condition, layout, colours, colour, shown=WORTH_SHOWING):
    """A town with its mark, which stands where its name does, and nowhere without one."""
    return layer(identity, "symbol", "ne-places", minzoom=first,
                 filter=["all", [condition, ["get", "class"], "capital"], shown], layout=layout,
                 paint={**text(colours, colour), "icon-color": colours[colour],
                        "icon-halo-color": colours["halo"], "icon-halo-width": 1})


def mark(picture):
    return {"icon-image": picture, "icon-size": zooms(3, 0.6, 9, 1), "icon-padding": 0}


def labels(colours, first_place=3):
    """Names of waters, of countries and of places."""
    return [
        layer("lake-names", "symbol", "ne-lakes", minzoom=5, filter=WORTH_SHOWING,
              layout={**water_words(), "text-max-width": 6}, paint=text(colours, "water_label")),
        layer("river-names", "symbol", "ne-rivers", minzoom=5, filter=WORTH_SHOWING,
              layout={**water_words(**{"symbol-placement": "line"}), "symbol-spacing": 350, "text-letter-spacing": 0.05},
              paint=text(colours, "water_label")),
        place("place-names", first_place, "!=",
              {**mark("town-sdf"), "text-field": NAME, "text-font": colours.get("town_font", REGULAR),
               "text-size": ["interpolate", ["linear"], ["zoom"],
                             3, ["step", ["get", "rank"], 11, 4, 10],
                             9, ["step", ["get", "rank"], 16, 4, 14, 7, 12]],
               "symbol-sort-key": ["get", "rank"], "text-max-width": 8, **around(0.45)}, colours, "town"),
        layer("disputed-area-names", "symbol", "ne-country-labels", maxzoom=9, minzoom=4,
              filter=["all", ["==", ["get", "status"], "disputed"], WORTH_SHOWING],
              layout={"text-field": NAME, "text-font": ITALIC, "text-size": zooms(4, 10.5, 8, 13),
                      "text-max-width": 7, "symbol-sort-key": ["get", "rank"]},
              paint=text(colours, "country")),
        layer("country-names", "symbol", "ne-country-labels", maxzoom=8, minzoom=1,
              filter=["all", ["!=", ["get", "status"], "disputed"], WORTH_SHOWING],
              layout={"text-field": NAME, "text-font": BOLD,
                      "text-size": ["interpolate", ["linear"], ["zoom"],
                                    1, ["step", ["get", "rank"], 10.5, 4, 9.5],
                                    6, ["step", ["get", "rank"], 20, 3, 17, 5, 13]],
                      "text-letter-spacing": 0.08, "text-max-width": 7, "symbol-sort-key": ["get", "rank"],
                      "text-transform": "uppercase",
                      **around(1.1, ("center", "top", "bottom"))},
              paint=text(colours, "country", 1.6)),
        # Above all others, so that its names have room first: a capital comes before a larger town,
        # and its country's name makes way.
        place("capital-names", first_place, "==",
              {**mark("capital-sdf"), "text-field": NAME, "text-font": BOLD, "text-size": zooms(3, 11, 9, 17),
               "symbol-sort-key": ["get", "rank"], "text-max-width": 8, **around(0.55)}, colours, "place", worth_showing(2)),
    ]


def document(title, about, sources, layers, **metadata):
    return {
        "version": 8,
        "name": title,
        "metadata": {"relief:about": about, "relief:attribution": CREDIT, **metadata},
        "center": [20, 10],
        "zoom": 2,
        "sprite": "/styles/incidents/sprite",
        "glyphs": "/fonts/{fontstack}/{range}.pbf",
        "sources": sources,
        "layers": layers,
    }


def base(title, about, colours):
    return document(title, about, BASE_SOURCES,
                    ground(colours) + boundaries(colours) + labels(colours))


# --- themes --------------------------------------------------------------------------------------

UNKNOWN = "#5500ff"  # codes that a table does not know
OUTLINE = "#2b2b2b"


def data(layer_id, kind="vector"):
    source = {"type": kind, "url": f"relief://{layer_id}"}
    if kind == "raster":
        source["tileSize"] = 256
    return {"data": source}


def theme(title, about, layer_id, layers, table=None):
    """The subject lies between the ground and the boundaries, marks of it above, names on top."""
    for entry in layers:
        entry["source-layer"] = layer_id
    below = [entry for entry in layers if entry["type"] in ("fill", "heatmap")]
    above = [entry for entry in layers if entry not in below]
    metadata = {"relief:layer": layer_id}
    if table:
        metadata["relief:classes"] = f"classes/{table}.json"
    return document(title, about, {**BASE_SOURCES, **data(layer_id)},
                    ground(QUIET) + below + boundaries(QUIET) + labels(QUIET, 4)[:2] + above + labels(QUIET, 4)[2:],
                    **metadata)


def known_codes(classes):
    return [code for entry in classes for code in entry["codes"]]


def by_class(value, classes, fallback):
    expression = ["match", value]
    for entry in classes:
        expression += [entry["codes"], entry["colour"]]
    return expression + [fallback]


def class_of(*fields):
    """As text, whatever type the attribute has; nothing is the code "none"."""
    return ["to-string", ["coalesce", *[["get", field] for field in fields], "none"]]


def hatched():
    """The colour is for legends: where there is a pattern, that is drawn."""
    return {"fill-pattern": "hatch", "fill-color": "#8c8c8c"}


def class_layers(table, opacity, worst_last):
    """Areas and points in the colours of a table. What was not analysed is hatched, what the table
    does not know is drawn as unknown, so that neither looks like "nothing there"."""
    value = class_of(*table["fields"])
    classes = [entry for entry in table["classes"] if entry["colour"]]
    missing = [code for entry in table["classes"] if not entry["colour"] for code in entry["codes"]]
    known = known_codes(classes)
    is_known, is_missing = one_of(value, known), one_of(value, missing)
    is_unknown = ["!", one_of(value, known + missing)]
    radius, rim = zooms(6, 1.5, 12, 4, 16, 7.5), zooms(8, 0.4, 13, 1)
    rank = ["match", value]
    for number, entry in enumerate(classes if worst_last else reversed(classes)):
        rank += [entry["codes"], number + 1]
    rank += [0]
    return [
        layer("unknown", "fill", "data", filter=both(POLYGON, is_unknown),
              paint={"fill-pattern": "crosshatch", "fill-color": UNKNOWN}),
        layer("not-analysed", "fill", "data", filter=both(POLYGON, is_missing),
              paint=hatched()),
        layer("classes", "fill", "data", filter=both(POLYGON, is_known), classes=[entry["label"] for entry in classes] + [False],
              paint={"fill-color": by_class(value, classes, UNKNOWN), "fill-opacity": opacity}),
        # From afar an area is smaller than a pixel: its edge is of its colour there, so that it is seen, and as what it is.
        layer("class-rims", "line", "data", filter=both(POLYGON, is_known), maxzoom=12,
              paint={"line-color": by_class(value, classes, UNKNOWN), "line-width": zooms(4, 1, 12, 0.5), "line-opacity": opacity}),
        layer("class-edges", "line", "data", filter=both(POLYGON, is_known), minzoom=12,
              paint={"line-color": OUTLINE, "line-width": zooms(12, 0.4, 16, 1)}),
        layer("not-analysed-edges", "line", "data", filter=both(POLYGON, is_missing),
              paint={"line-color": "#4d4d4d", "line-width": zooms(8, 0.4, 14, 1), "line-dasharray": [2, 2]}),
        layer("unknown-edges", "line", "data", filter=both(POLYGON, is_unknown),
              paint={"line-color": UNKNOWN, "line-width": zooms(8, 0.5, 14, 1.5)}),
        layer("unknown-points", "circle", "data", filter=both(POINT, is_unknown),
              paint={"circle-color": UNKNOWN, "circle-radius": radius,
                     "circle-stroke-color": "#ffffff", "circle-stroke-width": rim}),
        layer("not-analysed-points", "circle", "data", filter=both(POINT, is_missing),
              paint={"circle-color": "#ffffff", "circle-opacity": 0.6, "circle-radius": radius,
                     "circle-stroke-color": "#4d4d4d", "circle-stroke-width": rim}),
        # Where points crowd, what is known lies on what is not, and the worst of it on top.
        layer("class-points", "circle", "data", filter=both(POINT, is_known), layout={"circle-sort-key": rank},
              paint={"circle-color": by_class(value, classes, UNKNOWN), "circle-radius": radius,
                     "circle-stroke-color": OUTLINE, "circle-stroke-width": rim}),
    ]


def entry(label, colour, *codes):
    return {"label": label, "colour": colour, "codes": list(codes)}


NOT_ANALYSED = ["not-analysed", "Not analysed", "Not Analysed", "not analysed"]

TABLES = {
    "flood": {
        "version": "2026-1",
        "title": "Flood extent",
        "fields": ["class", "notation"],
        "source": "Water classes of delineation products: flooded area and flood trace as the Copernicus Emergency "
                  "Management Service names them in `notation` (Not Applicable: nothing more than that it is the flood); permanent water, possible water and not analysed are ours.",
        "classes": [
            entry("Flooded", "#0b3d91", "flood", "flooded", "Flooded area", "Not Applicable"),
            entry("Flood trace", "#b5852b", "flood-trace", "Flood trace"),
            entry("Possibly flooded", "#7fa8e0", "possible", "Possibly flooded area"),
            entry("Permanent water", "#3f97a8", "permanent", "permanent-water", "Permanent water"),
            entry("Not analysed", None, *NOT_ANALYSED),
        ],
    },
    "burn-severity": {
        "version": "2026-1",
        "title": "Burn severity",
        "fields": ["class", "severity"],
        "source": "Classes of the differenced normalised burn ratio: Key, C. H., Benson, N. C. (2006): Landscape "
                  "Assessment, in FIREMON, USDA Forest Service General Technical Report RMRS-GTR-164-CD.",
        "classes": [
            entry("Regrowth, high", "#1f6f8b", "regrowth-high"),
            entry("Regrowth, low", "#8fc7c9", "regrowth-low"),
            entry("Unburned", "#e9ead0", "unburned"),
            entry("Low severity", "#f5d35f", "low"),
            entry("Moderate-low severity", "#ea9035", "moderate-low"),
            entry("Moderate-high severity", "#b0431d", "moderate-high"),
            entry("High severity", "#4a0f0b", "high"),
            entry("Not analysed", None, *NOT_ANALYSED),
        ],
    },
    "damage-ems": {
        "version": "2026-1",
        "title": "Damage grade (Copernicus EMS)",
        "fields": ["damage_gra", "grading"],
        "source": "Attributes of grading products of the Copernicus Emergency Management Service, Rapid Mapping: "
                  "`damage_gra` since 2018, `grading` with finer steps before.",
        "classes": [
            entry("Destroyed", "#3d0a16", "Destroyed", "Completely Destroyed"),
            entry("Highly damaged", "#8f1f2d", "Highly Damaged"),
            entry("Damaged", "#d1572f", "Damaged", "Moderately Damaged"),
            entry("Possibly damaged", "#f3bd58", "Possibly damaged", "Negligible to slight damage"),
            entry("No visible damage", "#7db4d3", "No visible damage", "Not Affected"),
            entry("Not analysed", None, *NOT_ANALYSED, "Not Applicable"),
        ],
    },
    "damage-unosat": {
        "version": "2026-1",
        "title": "Damage class (UNOSAT)",
        "fields": ["Main_Damage_Site_Class", "Main_Damag", "damage"],
        "source": "Words and the numbers 1 to 4 of UNOSAT's damage assessment geodata. Further numbers mean different "
                  "things in different products and stay unknown.",
        "classes": [
            entry("Destroyed", "#3d0a16", "1", "Destroyed"),
            entry("Severe damage", "#8f1f2d", "2", "Severe Damage"),
            entry("Moderate damage", "#d1572f", "3", "Moderate Damage"),
            entry("Possible damage", "#f3bd58", "4", "Possible Damage"),
            entry("No visible damage", "#7db4d3", "No Visible Damage"),
            entry("Not analysed", None, *NOT_ANALYSED),
        ],
    },
    "access-constraints": {
        "version": "2026-1",
        "title": "Access",
        "fields": ["status"],
        "source": "Physical road states in the words of the Logistics Cluster's access constraints maps; the code list is ours.",
        "classes": [
            entry("Open", "#2f7fb5", "open"),
            entry("Restricted", "#e08a00", "restricted"),
            entry("Closed", "#5c0b18", "closed"),
            entry("Not analysed", None, *NOT_ANALYSED),
        ],
    },
    "incidents": {
        "version": "2026-1",
        "title": "Severity of incidents",
        "fields": ["severity"],
        "source": "Four steps as CAP 1.2 has them (OASIS 2010, 3.2.2, `severity`): Minor, Moderate, Severe, Extreme.",
        "classes": [
            entry("Minor", "#4a8fb5", "minor", "low", "1"),
            entry("Moderate", "#c28000", "moderate", "medium", "2"),
            entry("Severe", "#9c2a2a", "severe", "high", "3"),
            entry("Extreme", "#2e0810", "extreme", "critical", "4"),
        ],
    },
}


def access():
    status = class_of("status")
    known = {item["label"]: item for item in TABLES["access-constraints"]["classes"]}
    wide = zooms(5, 1.5, 10, 3.2, 15, 7)

    def road(identity, name, dash=None, minimum=None):
        paint = {"line-color": known[name]["colour"], "line-width": wide}
        if dash:
            paint["line-dasharray"] = dash
        return layer(identity, "line", "data", filter=both(LINE, one_of(status, known[name]["codes"])),
                     layout={"line-join": "round"}, paint=paint)

    all_codes = [code for item in known.values() for code in item["codes"]]
    casing = layer("road-casings", "line", "data", filter=LINE, layout={"line-join": "round", "line-cap": "round"},
                   paint={"line-color": "#ffffff", "line-width": zooms(5, 2.8, 10, 5.4, 15, 10)})
    not_analysed = layer("roads-not-analysed", "line", "data",
                         filter=both(LINE, one_of(status, known["Not analysed"]["codes"])),
                         paint={"line-color": "#6b6b6b", "line-width": zooms(5, 1, 15, 4), "line-dasharray": [1, 2]})
    unknown = layer("roads-unknown", "line", "data", filter=both(LINE, ["!", one_of(status, all_codes)]),
                    paint={"line-color": UNKNOWN, "line-width": zooms(5, 1.2, 15, 5), "line-dasharray": [1.5, 1.5]})
    areas = [
        layer("areas-closed", "fill", "data", filter=both(POLYGON, ["==", status, "closed"]),
              paint={"fill-color": known["Closed"]["colour"], "fill-opacity": 0.28}),
        layer("areas-restricted", "fill", "data", filter=both(POLYGON, ["==", status, "restricted"]),
              paint={"fill-color": known["Restricted"]["colour"], "fill-opacity": 0.28}),
        layer("areas-not-analysed", "fill", "data", filter=both(POLYGON, one_of(status, NOT_ANALYSED)),
              paint=hatched()),
        layer("area-edges", "line", "data", filter=POLYGON,
              paint={"line-color": by_class(status, [known["Closed"], known["Restricted"], known["Open"]], UNKNOWN), "line-width": 1.6}),
    ]
    return areas + [casing, not_analysed, unknown, road("roads-open", "Open"), road("roads-restricted", "Restricted", [2.4, 1]),
                    road("roads-closed", "Closed"), *icons(with_severity=False)]


# What there is an icon of. A picture of the workspace that has a category's name is drawn too.
KNOWN_CATEGORIES = sorted(path.stem for folder in ("events", "facilities") for path in (HERE / "icons" / folder).glob("*.svg")
                          if path.stem != "unknown")


def by_severity(severity, fallback, *steps):
    """`steps`: label of a class and its value."""
    codes = {item["label"]: item["codes"] for item in TABLES["incidents"]["classes"]}
    expression = ["match", severity]
    for label, value in steps:
        expression += [codes[label], value]
    return expression + [fallback]


# What people and other collections call the same things, in lower case.
CALLED = {
    "building": ["damage", "damaged building", "collapsed structure", "infrastructure damage"],
    "casualties": ["injury", "injured", "people injured", "deaths"],
    "explosion": ["explosions/remote violence"],
    "food": ["supplies", "food shortage"],
    "health": ["medical emergency"],
    "missing-person": ["missing", "missing person", "missing persons"],
    "protest": ["protests", "riots"],
    "roadblock": ["road blocked", "blocked road"],
    # Types of events of ACLED and of UCDP GED.
    "security-incident": ["violence", "battles", "violence against civilians", "state-based conflict", "non-state conflict",
                          "one-sided violence"],
    "water-point": ["water", "water shortage", "drinking water"],
}


def reported():
    """The category of a report, as the icons call it."""
    told = ["downcase", class_of("category")]
    return ["match", told, *(part for icon, words in CALLED.items() for part in (words, icon)), told]


def icons(with_severity=True, category=None):
    """A disc that carries the icon: white, with a rim that tells the severity by colour and width."""
    severity = class_of("severity")
    rim = by_class(severity, TABLES["incidents"]["classes"], "#4f565c") if with_severity else "#2f3338"
    width = by_severity(severity, 1.8, ("Severe", 2.6), ("Extreme", 3.6)) if with_severity else 1.6
    worst_on_top = by_severity(severity, 1, ("Extreme", 4), ("Severe", 3))
    category, state = category or class_of("category", "type"), class_of("state", "condition")
    picture = ["coalesce", ["image", ["concat", category, "-", state]], ["image", category], ["image", "unknown-sdf"]]
    known = one_of(category, KNOWN_CATEGORIES)

    def disc(identity, condition, colour, **legend):
        return layer(identity, "circle", "data", **legend, filter=both(POINT, condition), layout={"circle-sort-key": worst_on_top},
                     paint={"circle-color": colour, "circle-radius": zooms(3, 3, 6, 7, 9, 10, 14, 14),
                            "circle-stroke-color": rim, "circle-stroke-width": width})

    def icon(identity, condition):
        # Smaller than this nobody can read it, and where discs crowd, icons would lie on each other.
        return layer(identity, "symbol", "data", filter=both(POINT, condition), minzoom=6,
                     layout={"icon-image": picture, "icon-size": zooms(6, 0.38, 9, 0.54, 14, 0.76),
                             "icon-allow-overlap": True, "icon-ignore-placement": True, "symbol-sort-key": worst_on_top},
                     paint={"icon-color": UNKNOWN})

    steps = [f"Severity: {item['label'].lower()}" for item in TABLES["incidents"]["classes"]] + ["Severity not stated"]
    return [
        disc("unknown-discs", ["!", known], "#ded2ff"),
        disc("incident-discs", known, "#ffffff", legend="Severity" if with_severity else "Obstacle",
             classes=steps if with_severity else None),
        icon("unknown-icons", ["!", known]), icon("incident-icons", known),
        layer("incident-titles", "symbol", "data", filter=POINT, minzoom=11,
              layout={"text-field": ["coalesce", ["get", "title"], ["get", "name"], ""], "text-font": REGULAR, "text-size": 12,
                      **around(1.5), "text-max-width": 9},
              paint=text(QUIET, "place")),
    ]


def displacement():
    people = ["to-number", ["coalesce", ["get", "individuals"], ["get", "idps"], 0], 0]
    known = [">", people, 0]
    purple = "#5b2a86"
    radius = ["interpolate", ["linear"], ["zoom"],
              3, ["interpolate", ["linear"], ["sqrt", people], 0, 1.5, 1000, 26],
              10, ["interpolate", ["linear"], ["sqrt", people], 0, 4, 1000, 90]]
    flow = ["interpolate", ["linear"], ["sqrt", people], 0, 0.8, 300, 5, 1000, 12]
    return [
        layer("areas-not-known", "fill", "data", filter=both(POLYGON, ["!", known]), paint=hatched()),
        layer("areas", "fill", "data", filter=both(POLYGON, known), legend="People",
              paint={"fill-color": ["step", people, "#ebe3f2", 1000, "#cdb9e0", 10000, "#a07fc4", 50000, "#74479f", 200000, "#46176b"],
                     "fill-opacity": 0.8}),
        layer("area-edges", "line", "data", filter=POLYGON, paint={"line-color": "#6d6475", "line-width": 0.8}),
        layer("flow-casings", "line", "data", filter=LINE, layout=ROUND,
              paint={"line-color": "#ffffff", "line-width": ["+", flow, 2], "line-opacity": 0.8}),
        layer("flows", "line", "data", filter=LINE, layout=ROUND,
              paint={"line-color": purple, "line-width": flow, "line-opacity": 0.85}),
        layer("people", "circle", "data", filter=both(POINT, known), layout={"circle-sort-key": ["-", 0, people]},
              paint={"circle-color": purple, "circle-opacity": 0.55, "circle-radius": radius,
                     "circle-stroke-color": "#ffffff", "circle-stroke-width": 1.2}),
        layer("people-not-known", "circle", "data", filter=both(POINT, ["!", known]),
              paint={"circle-color": "#ffffff", "circle-opacity": 0.7, "circle-radius": 4,
                     "circle-stroke-color": purple, "circle-stroke-width": 1.6}),
        layer("sites", "symbol", "data", filter=POINT, minzoom=8,
              layout={"icon-image": ["match", class_of("type"), ["camp", "site", "settlement"], "camp", ["host", "host-community"], "settlement", "displacement"],
                      "icon-size": zooms(8, 0.5, 13, 0.85)}),
        layer("site-names", "symbol", "data", filter=POINT, minzoom=7,
              layout={"text-field": ["format", ["coalesce", ["get", "name"], ""], {"text-font": ["literal", BOLD]},
                                     ["case", known, ["concat", "\n", ["number-format", people, {}]], ""], {}],
                      "text-font": REGULAR, "text-size": 12, **around(1, ("top", "bottom", "left", "right"))},
              paint=text(QUIET, "place")),
    ]


STEPS = ["#f3ecc8", "#f0be62", "#dd7e33", "#a33d27", "#4f1022"]


def choropleth():
    value = ["get", "value"]
    known = ["==", ["typeof", value], "number"]
    return [
        layer("areas-not-known", "fill", "data", filter=both(POLYGON, ["!", known]), paint=hatched()),
        layer("areas", "fill", "data", filter=both(POLYGON, known),
              paint={"fill-color": ["step", value, STEPS[0], 20, STEPS[1], 40, STEPS[2], 60, STEPS[3], 80, STEPS[4]],
                     "fill-opacity": 0.85}),
        layer("area-edges", "line", "data", filter=POLYGON,
              paint={"line-color": "#4a4a4a", "line-width": zooms(3, 0.4, 10, 1.2)}),
        layer("area-names", "symbol", "data", filter=POLYGON, minzoom=7, maxzoom=11,
              layout={"text-field": ["format", ["coalesce", ["get", "name:en"], ["get", "name"], ""], {"text-font": ["literal", BOLD]},
                                     ["case", known, ["concat", "\n", ["number-format", ["case", known, value, 0], {"max-fraction-digits": 1}]], ""], {}],
                      "text-font": REGULAR, "text-size": 12, "text-max-width": 7},
              paint={**text(QUIET, "place"), "text-halo-width": 1.8}),
    ]


def heat():
    weight = ["to-number", ["coalesce", ["get", "weight"], 1], 1]
    return [
        layer("heat", "heatmap", "data", maxzoom=13,
              paint={"heatmap-weight": ["interpolate", ["linear"], weight, 0, 0, 1, 0.3, 10, 0.7, 100, 1.4],
                     "heatmap-radius": zooms(0, 5, 5, 13, 10, 30),
                     "heatmap-intensity": zooms(0, 0.25, 6, 0.6, 12, 1.6),
                     "heatmap-opacity": zooms(11, 0.85, 13, 0),
                     "heatmap-color": ["interpolate", ["linear"], ["heatmap-density"],
                                       0, "rgba(243,236,200,0)", 0.1, "rgba(243,236,200,0.75)", 0.3, STEPS[1], 0.55, STEPS[2],
                                       0.8, STEPS[3], 1, STEPS[4]]}),
        layer("events", "circle", "data", minzoom=10,
              paint={"circle-color": STEPS[3], "circle-radius": zooms(10, 2, 16, 6), "circle-opacity": zooms(10, 0, 12, 0.9),
                     "circle-stroke-color": "#ffffff", "circle-stroke-width": 1, "circle-stroke-opacity": zooms(10, 0, 12, 1)}),
    ]


MANY = ["has", "point_count"]
COUNT = ["to-number", ["coalesce", ["get", "point_count"], 1], 1]


def reports():
    """Single ones as incidents are; what is told by its number as discs and, where only the area is known, as areas."""
    singles = icons(category=reported())
    for entry in singles:
        entry["filter"] = both(entry["filter"], ["!", MANY])
    blue, pale = "#2f5d8c", "#dbe6f2"
    return [
        layer("report-areas", "fill", "data", filter=POLYGON, legend="Reports, known to the area",
              paint={"fill-color": ["step", COUNT, "#cfdcea", 10, "#a9c1da", 50, "#7d9fc4", 250, "#527cab", 1000, blue], "fill-opacity": 0.55}),
        layer("report-area-edges", "line", "data", filter=POLYGON, paint={"line-color": blue, "line-width": 1}),
        layer("report-area-numbers", "symbol", "data", filter=POLYGON, minzoom=7,
              layout={"text-field": ["to-string", ["get", "point_count"]], "text-font": BOLD, "text-size": 13},
              paint=text(QUIET, "place")),
        layer("report-clusters", "circle", "data", filter=both(POINT, MANY), legend="Several reports, with their number",
              paint={"circle-color": pale, "circle-radius": ["step", COUNT, 12, 10, 14, 100, 17, 1000, 20, 10000, 23],
                     "circle-stroke-color": blue, "circle-stroke-width": 2}),
        layer("report-numbers", "symbol", "data", filter=both(POINT, MANY),
              layout={"text-field": ["to-string", ["get", "point_count_abbreviated"]], "text-font": BOLD, "text-size": 12,
                      "text-allow-overlap": True},
              paint={"text-color": "#16324f", "text-halo-color": pale, "text-halo-width": 1}),
        *singles,
    ]


def reports_heat():
    """Weighed by the severity of all that each point stands for, on a fine grid."""
    severity = ["to-number", ["coalesce", ["get", "severity_sum"], 1], 1]
    style = theme("Density of reports", "Where reports crowd, each by its severity", "reports", [
        layer("report-heat", "heatmap", "data", legend="Density of reports, weighed by severity",
              paint={"heatmap-weight": ["interpolate", ["linear"], severity, 0, 0, 1, 0.4, 4, 1, 30, 1.8, 300, 3.5, 30000, 8],
                     "heatmap-radius": zooms(0, 8, 5, 16, 10, 30),
                     "heatmap-intensity": zooms(0, 0.4, 6, 0.8, 12, 1.6),
                     "heatmap-opacity": 0.85,
                     "heatmap-color": ["interpolate", ["linear"], ["heatmap-density"],
                                       0, "rgba(243,236,200,0)", 0.1, "rgba(243,236,200,0.75)", 0.3, STEPS[1], 0.55, STEPS[2],
                                       0.8, STEPS[3], 1, STEPS[4]]}),
    ])
    style["sources"]["data"]["url"] += "?aggregate=cluster&cell=16"
    return style


def imagery():
    colours = dict(LIGHT, coast="#ffffff", boundary="#ffffff", country="#ffffff", place="#ffffff", town="#ffffff",
                   water_label="#e2f1ff", halo="#101418", water="#10181f", land="#26323a")
    names = labels(colours, 4)
    for entry_ in names:
        entry_["paint"]["text-halo-width"] = 1.8
    return document("Imagery", "Satellite pictures with boundaries and names that hold on any ground",
                    {**{k: v for k, v in BASE_SOURCES.items() if k not in ("ne-lakes", "ne-rivers")}, **data("imagery", "raster")},
                    [entry_ for entry_ in ground(colours) if entry_["id"] in ("water", "land")]
                    + [layer("imagery", "raster", "data", paint={"raster-fade-duration": 0})]
                    + boundaries(colours, halo="#101418")
                    + [entry_ for entry_ in names if entry_["source"] not in ("ne-lakes", "ne-rivers")],
                    **{"relief:layer": "imagery"})


def class_theme(identity, title, about, opacity=0.75, layer_id=None, worst_last=False):
    """A map of the classes of the table with its id."""
    return theme(title, about, layer_id or identity, class_layers(TABLES[identity], opacity, worst_last), identity)


def main():
    styles = {
        "base-light": base("Light base map", "For screens by day", LIGHT),
        "base-dark": base("Dark base map", "For screens in dim rooms", DARK),
        "base-grey": base("Grey base map", "Stays readable when copied and printed without colour", GREY),
        "base-night": base("Night base map", "Red alone: readable without losing the eyes' night vision", NIGHT),
        "imagery": imagery(),
        "flood": class_theme("flood", "Flood extent", "Observed water by class", layer_id="flood-extent"),
        "burn-severity": class_theme("burn-severity", "Burn severity", "Classes of the differenced burn ratio", 0.85, worst_last=True),
        "damage-ems": class_theme("damage-ems", "Damage grade, Copernicus EMS", "Damage to buildings and infrastructure", 0.9),
        "damage-unosat": class_theme("damage-unosat", "Damage class, UNOSAT", "Damage to structures", 0.9),
        "displacement": theme("Displacement", "People who had to leave: where they are and whence they came", "displacement",
                              displacement()),
        "access-constraints": theme("Access constraints", "Roads, crossings and areas by how they can be passed",
                                    "access-constraints", access(), "access-constraints"),
        "incidents": theme("Incidents", "What happened, by category, state and severity", "incidents", icons(), "incidents"),
        "choropleth": theme("Shares by area", "A percentage in five steps", "indicators", choropleth()),
        "heat": theme("Density of events", "Where events crowd", "event-points", heat()),
        "reports": theme("Reports", "What people report, by category, severity and number", "reports", reports(), "incidents"),
        "reports-heat": reports_heat(),
    }
    for name, style in styles.items():
        (HERE / f"{name}.json").write_text(json.dumps(style, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    (HERE / "classes").mkdir(exist_ok=True)
    for name, table in TABLES.items():
        (HERE / "classes" / f"{name}.json").write_text(
            json.dumps({"id": name, **table}, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
