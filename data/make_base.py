#!/usr/bin/python3
"""Makes ne.gpkg, the world map that the shipped styles lie on, from Natural Earth.

Usage: make_base.py FOLDER OUT.gpkg [--full]
FOLDER holds natural_earth_10m.gpkg (countries, boundary_lines, boundary_lines_disputed, lakes,
rivers, places), natural_earth_50m.gpkg (countries, lakes, rivers_lake_centerlines) and
ne_110m_countries.geojson. Without --full land and waters are those of 1:50m, for the zooms up to 6
or so; with it those of 1:10m, thrice as large. Needs Debian's python3-gdal. Natural Earth is in the
public domain: naturalearthdata.com.

The name of the file and of its layers make the ids that the styles ask for: `relief add ne.gpkg`
registers ne-land, ne-coastline, ne-countries, ne-country-labels, ne-boundaries, ne-lakes, ne-rivers
and ne-places. Names are `name` and, by language, `name:en`, `name:fr` and so on.
"""

import os
import sys

from osgeo import gdal, ogr, osr

gdal.UseExceptions()

# In degrees. Of 1:10m what is finer than a pixel of the 512 pixel world at zoom 8 goes; 1:50m is
# kept as it is, but for the boundaries, of which only 1:10m has the disputed ones.
FULL_TOLERANCE = 0.0025
SMALL_BOUNDARY_TOLERANCE = 0.01
LANGUAGES = ["en", "fr", "es", "ar", "hi", "ru", "zh", "ur", "bn", "uk"]
PLACE_LANGUAGES = ["en", "fr", "es", "ru", "zh"]

# What Natural Earth says of a line, in the three words that a style needs. Nothing here is decided
# by us: every class that is not plainly an international boundary is a disputed one.
BOUNDARY_STATUS = {
    "International boundary (verify)": "recognised",
    "Lease limit": "disputed",
    "Overlay limit": "disputed",
    "Indeterminant frontier": "disputed",
    "Indefinite (please verify)": "disputed",
    "Disputed (please verify)": "disputed",
    "Line of control (please verify)": "line-of-control",
    "Breakaway": "disputed",
    "Elusive frontier": "disputed",
    "Claim boundary": "claim",
    "Reference line": "claim",
}

# Names that the United Nations write otherwise since the data were collected (UNTERM).
RENAMED = {
    "Cape Verde": "Cabo Verde",
    "East Timor": "Timor-Leste",
    "Ivory Coast": "Côte d'Ivoire",
    "Kiev": "Kyiv",
    "Macedonia": "North Macedonia",
    "Swaziland": "Eswatini",
    "Turkey": "Türkiye",
    "eSwatini": "Eswatini",
    "Republic of Cabo Verde": "Cabo Verde",
}


def renamed(name):
    return RENAMED.get(name, name)


def polygons_of(geometry):
    if geometry is None or geometry.IsEmpty():
        return
    if geometry.GetGeometryType() in (ogr.wkbPolygon, ogr.wkbPolygon25D):
        yield geometry
        return
    for i in range(geometry.GetGeometryCount()):
        yield from polygons_of(geometry.GetGeometryRef(i))


def rounded(geometry, step=1e-4):
    """Ten metres are enough, and equal ends stay equal."""
    for i in range(geometry.GetGeometryCount()):
        rounded(geometry.GetGeometryRef(i), step)
    for i in range(geometry.GetPointCount()):
        geometry.SetPoint_2D(i, round(geometry.GetX(i) / step) * step, round(geometry.GetY(i) / step) * step)
    return geometry


def coast_of(ring):
    """The ring without the cuts along the antimeridian and the southern edge, as lines."""
    lines, line = [], []
    for i in range(ring.GetPointCount()):
        here = ring.GetPoint_2D(i)
        if line:
            there = line[-1]
            cut = (abs(here[0]) > 179.9999 and abs(there[0]) > 179.9999) or (here[1] < -89 or there[1] < -89)
            if cut:
                if len(line) > 1:
                    lines.append(line)
                line = []
        line.append(here)
    if len(line) > 1:
        lines.append(line)
    return lines


def inmost_point(polygon):
    """The point of a grid, refined twice, that is farthest from the polygon's edge."""
    edge = polygon.Boundary()
    west, east, south, north = polygon.GetEnvelope()
    best, farthest = polygon.PointOnSurface(), -1.0
    size = max(east - west, north - south)
    centre, span = ((west + east) / 2, (south + north) / 2), size
    for _ in range(4):
        steps = 12
        for i in range(steps + 1):
            for j in range(steps + 1):
                point = ogr.Geometry(ogr.wkbPoint)
                point.AddPoint_2D(centre[0] + span * (i / steps - 0.5), centre[1] + span * (j / steps - 0.5))
                if not polygon.Contains(point):
                    continue
                distance = point.Distance(edge)
                if distance > farthest:
                    best, farthest = point, distance
        centre, span = (best.GetX(), best.GetY()), span / 5
    return best


class Sheet:
    """A layer that is being written."""

    def __init__(self, dataset, name, kind, fields):
        reference = osr.SpatialReference()
        reference.ImportFromEPSG(4326)
        reference.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
        self.layer = dataset.CreateLayer(name, reference, kind, ["SPATIAL_INDEX=NO"])
        for field, form in fields:
            self.layer.CreateField(ogr.FieldDefn(field, form))

    def add(self, geometry, values):
        feature = ogr.Feature(self.layer.GetLayerDefn())
        for key, value in values.items():
            if value not in (None, ""):
                feature[key] = value
        feature.SetGeometry(rounded(geometry.Clone()))
        self.layer.CreateFeature(feature)


TEXT, NUMBER, WHOLE = ogr.OFTString, ogr.OFTReal, ogr.OFTInteger


def names(feature, languages, prefix="NAME_"):
    return {f"name:{language}": feature[prefix + language.upper()] for language in languages}


def write_land(out, countries, tolerance):
    whole = ogr.Geometry(ogr.wkbMultiPolygon)
    for feature in countries:
        for polygon in polygons_of(feature.GetGeometryRef().Buffer(0)):
            whole.AddGeometry(polygon)
    land = Sheet(out, "land", ogr.wkbPolygon, [])
    coast = Sheet(out, "coastline", ogr.wkbLineString, [])
    for polygon in polygons_of(whole.UnionCascaded()):
        thin = polygon.SimplifyPreserveTopology(tolerance) if tolerance else polygon
        land.add(thin, {})
        for i in range(thin.GetGeometryCount()):
            for line in coast_of(thin.GetGeometryRef(i)):
                string = ogr.Geometry(ogr.wkbLineString)
                for x, y in line:
                    string.AddPoint_2D(x, y)
                coast.add(string, {})


def write_countries(out, coarse, fine):
    fields = [("name", TEXT), ("iso_a3", TEXT), ("continent", TEXT), ("population", NUMBER)]
    sheet = Sheet(out, "countries", ogr.wkbMultiPolygon, fields)
    for feature in coarse:
        known = feature["ISO_A3"] not in ("-99", None)
        sheet.add(
            ogr.ForceToMultiPolygon(feature.GetGeometryRef().Clone()),
            {
                "name": renamed(feature["NAME"]),
                "iso_a3": feature["ISO_A3"] if known else feature["ADM0_A3"],
                "continent": feature["CONTINENT"],
                "population": feature["POP_EST"],
            },
        )
    labels = Sheet(
        out,
        "country-labels",
        ogr.wkbPoint,
        [("name", TEXT), ("status", TEXT), ("rank", WHOLE), ("min_zoom", NUMBER)]
        + [(f"name:{l}", TEXT) for l in LANGUAGES],
    )
    for feature in fine:
        largest = max(polygons_of(feature.GetGeometryRef()), key=lambda polygon: polygon.GetArea())
        values = names(feature, LANGUAGES)
        # The short name in English; NAME_EN says "People's Republic of China".
        values["name:en"] = renamed(feature["NAME_LONG"] or feature["NAME"])
        values |= {"name": values["name:en"], "rank": int(feature["LABELRANK"]), "min_zoom": feature["MIN_LABEL"]}
        # What ISO 3166 gives no code is claimed by others too, or is no country.
        values["status"] = "disputed" if feature["ISO_A3_EH"] in ("-99", None) else "recognised"
        labels.add(inmost_point(largest.Simplify(0.05)), values)


def write_boundaries(out, certain, disputed, tolerance):
    sheet = Sheet(
        out, "boundaries", ogr.wkbMultiLineString, [("class", TEXT), ("status", TEXT), ("min_zoom", NUMBER)]
    )
    for layer in (certain, disputed):
        for feature in layer:
            kind = feature["featurecla"]
            line = feature.GetGeometryRef().Simplify(tolerance)
            sheet.add(
                ogr.ForceToMultiLineString(line),
                {
                    "class": kind.split(" (")[0],
                    "status": BOUNDARY_STATUS[kind],
                    "min_zoom": feature["min_zoom"],
                },
            )


def write_waters(out, lakes, rivers, tolerance):
    sheet = Sheet(out, "lakes", ogr.wkbMultiPolygon, [("name", TEXT), ("min_zoom", NUMBER)])
    for feature in lakes:
        shape = feature.GetGeometryRef().SimplifyPreserveTopology(tolerance)
        sheet.add(ogr.ForceToMultiPolygon(shape), {"name": feature["name"], "min_zoom": feature["min_zoom"]})
    sheet = Sheet(out, "rivers", ogr.wkbMultiLineString, [("name", TEXT), ("min_zoom", NUMBER), ("rank", WHOLE)])
    for feature in rivers:
        if feature.GetGeometryRef() is None:
            continue
        line = ogr.ForceToMultiLineString(feature.GetGeometryRef().Simplify(tolerance))
        sheet.add(
            line, {"name": feature["name"], "min_zoom": feature["min_zoom"], "rank": int(feature["scalerank"])}
        )


def write_places(out, places, most_rank):
    sheet = Sheet(
        out,
        "places",
        ogr.wkbPoint,
        [("name", TEXT), ("class", TEXT), ("rank", WHOLE), ("min_zoom", NUMBER), ("population", NUMBER)]
        + [(f"name:{l}", TEXT) for l in PLACE_LANGUAGES],
    )
    for feature in places:
        if feature["FEATURECLA"] == "Historic place" or feature["SCALERANK"] > most_rank:
            continue
        kind = "capital" if feature["FEATURECLA"].startswith("Admin-0 capital") else "town"
        values = names(feature, PLACE_LANGUAGES)
        values["name:en"] = renamed(values["name:en"])
        # What a language calls it is worth a column where that is another word.
        values = {key: value for key, value in values.items() if value != renamed(feature["NAME"])}
        values |= {"name": renamed(feature["NAME"]), "class": kind, "rank": int(feature["SCALERANK"]),
                   "min_zoom": feature["min_zoom"], "population": feature["POP_MAX"]}
        sheet.add(feature.GetGeometryRef(), values)


def main():
    if len(sys.argv) < 3 or sys.argv[3:] not in ([], ["--full"]):
        sys.exit(__doc__)
    folder, path = sys.argv[1:3]
    full = len(sys.argv) == 4
    fine = ogr.Open(os.path.join(folder, "natural_earth_10m.gpkg"))
    middle = ogr.Open(os.path.join(folder, "natural_earth_50m.gpkg"))
    coarse = ogr.Open(os.path.join(folder, "ne_110m_countries.geojson"))
    if os.path.exists(path):
        os.remove(path)
    out = ogr.GetDriverByName("GPKG").CreateDataSource(path)
    out.StartTransaction()
    tolerance = FULL_TOLERANCE if full else 0
    write_land(out, (fine if full else middle).GetLayer("countries"), tolerance)
    write_countries(out, coarse.GetLayer(0), fine.GetLayer("countries"))
    write_boundaries(out, fine.GetLayer("boundary_lines"), fine.GetLayer("boundary_lines_disputed"),
                     tolerance or SMALL_BOUNDARY_TOLERANCE)
    waters = (fine, "rivers") if full else (middle, "rivers_lake_centerlines")
    write_waters(out, waters[0].GetLayer("lakes"), waters[0].GetLayer(waters[1]), tolerance)
    write_places(out, fine.GetLayer("places"), 10 if full else 7)
    out.CommitTransaction()


main()
