#!/usr/bin/python3
"""Draws the pictures of the shipped styles that the documentation shows.

Usage: draw_pictures.py RELIEF FOLDER [STYLE…]     needs Debian's python3-gdal and python3-numpy
RELIEF is the program; FOLDER holds the data that the pictures are of: base data from data/ne.gpkg of
this repository, a Landsat scene of the Bahamas (caribbean-landsat/bahamas_l7_rgb_utm18n.tif) and of
Pucallpa, buildings of Jakarta (jakarta-flood/osm_buildings_22266.fgb), roads of Port-au-Prince and
communes of Haiti (haiti-2010), prefectures and events of the Central African Republic, the flood
EMSR332 in Veneto. Damage, states of roads, categories, shares and numbers of people are made up, the
same in each run: the pictures show styles, not what happened.
"""

import hashlib
import json
import pathlib
import subprocess
import sys
import tempfile

import numpy
from osgeo import gdal, ogr, osr

gdal.UseExceptions()

HERE = pathlib.Path(__file__).resolve().parent
OUT = HERE.parent / "server" / "viewer" / "docs" / "images" / "styles"
SIZE = "400x260"

# Style: longitude, latitude, zoom.
VIEWS = {
    "base-light": (44.5, 9, 4.3), "base-dark": (44.5, 9, 4.3), "base-grey": (44.5, 9, 4.3), "base-night": (44.5, 9, 4.3),
    "imagery": (-77.9, 24.6, 7.3), "flood": (12.547, 45.838, 12.2), "burn-severity": (-74.48, -8.43, 9.9),
    "damage-ems": (106.828, -6.169, 14.4), "damage-unosat": (106.83, -6.18, 13.2), "displacement": (20.6, 6.5, 4.9),
    "access-constraints": (-72.3, 18.57, 11.2), "incidents": (20.3, 6.2, 6.4), "choropleth": (-72.7, 18.9, 7.4),
    "heat": (20.6, 6.5, 4.9),
}


def share(text):
    """0 to 1, the same for the same text."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:6], "big") / 2**48


def choice(text, *options):
    return options[int(share(text) * len(options))]


def features_of(path, layer=0):
    dataset = gdal.OpenEx(str(path), gdal.OF_VECTOR)
    for number, feature in enumerate(dataset.GetLayer(layer)):
        yield number, feature


def written(path, features):
    """`features`: geometry of OGR in degrees, properties."""
    collection = {"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": properties, "geometry": json.loads(geometry.ExportToJson())}
        for geometry, properties in features]}
    path.write_text(json.dumps(collection), encoding="utf-8")
    return path


def flood(folder):
    veneto = folder / "veneto-flood-2018-emsr332"
    for _, feature in features_of(veneto / "observed_event_all_aois.fgb"):
        yield feature.GetGeometryRef().Clone(), {"notation": feature["notation"]}
    for _, feature in features_of(veneto / "venezia_monit01.gpkg", "hydrography_a"):
        yield feature.GetGeometryRef().Clone(), {"class": "permanent"}


def buildings(folder):
    for number, feature in features_of(folder / "jakarta-flood" / "osm_buildings_22266.fgb"):
        yield f"building {number}", feature.GetGeometryRef().Clone()


def damage_ems(folder):
    for name, shape in buildings(folder):
        yield shape, {"damage_gra": choice(name, "Destroyed", "Highly Damaged", "Damaged", "Damaged", "Possibly damaged",
                                           "Possibly damaged", *["No visible damage"] * 8, "Not analysed", "never seen")}


def damage_unosat(folder):
    for name, shape in buildings(folder):
        if share(name + " taken") < 0.3:
            yield shape.Centroid(), {"Main_Damage_Site_Class": choice(name, 1, 2, 2, 3, 3, 4, 4, "No Visible Damage",
                                                                      "No Visible Damage", "Not analysed", 11)}


def access(folder):
    for number, feature in features_of(folder / "haiti-2010" / "roads_portauprince_osm.shp.zip"):
        line = feature.GetGeometryRef().Clone()
        name = f"road {number}"
        state = choice(name, *["open"] * 12, "restricted", "restricted", "closed", "Not analysed", "washed out")
        yield line, {"status": state}
        if state == "closed" and line.Length() > 0.008:
            yield line.Centroid(), {"category": choice(name + " obstacle", "roadblock", "bridge", "landslide"), "state": "destroyed"}


def choropleth(folder):
    for number, feature in features_of(folder / "haiti-2010" / "adm2_pcodes.geojson"):
        name = feature["ADM2_EN"]
        known = share(f"known {name}") > 0.08
        yield feature.GetGeometryRef().Clone(), {"name": name, **({"value": round(100 * share(name) ** 1.3, 1)} if known else {})}


def prefectures(folder):
    for number, feature in features_of(folder / "central-african-republic" / "adm1_pcodes.geojson"):
        yield f"prefecture {number}", feature.GetGeometryRef().Clone()


def displacement(folder):
    bangui = (18.56, 4.37)
    for name, shape in prefectures(folder):
        people = int(10 ** (2.8 + 2.6 * share(name)))
        known = share(name + " known") > 0.12
        yield shape, {"individuals": people} if known else {}
        site = shape.PointOnSurface()
        yield site, {"individuals": people // 3, "type": "camp"}
        if share(name + " flow") < 0.35:
            line = ogr.Geometry(ogr.wkbLineString)
            line.AddPoint_2D(*bangui)
            line.AddPoint_2D(site.GetX(), site.GetY())
            yield line, {"individuals": people}


def events(folder):
    for number, feature in features_of(folder / "central-african-republic" / "ucdp_ged_car_1848.fgb"):
        yield number, feature.GetGeometryRef().Clone()


def incidents(folder):
    for number, place in events(folder):
        if share(f"taken {number}") < 0.12:
            yield place, {"category": choice(f"kind {number}", "security-incident", "roadblock", "fire", "displacement", "school",
                                             "health", "protest", "mine", "water-point", "flood", "never seen"),
                          "state": choice(f"state {number}", "", "", "affected", "destroyed"),
                          "severity": choice(f"severity {number}", "minor", "minor", "moderate", "moderate", "severe", "extreme", "")}


def heat(folder):
    for number, place in events(folder):
        yield place, {"weight": 1 + int(8 * share(f"weight {number}") ** 4)}


def burn_severity(folder):
    """Classes of the difference of the normalised ratio of near infrared and shortwave infrared."""
    def ratio(year):
        dataset = gdal.Open(str(folder / "peru-landsat-timeseries" / f"pucallpa_swir1_nir_red_green_{year}.tif"))
        short, near = (dataset.GetRasterBand(i).ReadAsArray().astype(float) for i in (1, 2))
        return dataset, (near - short) / numpy.maximum(near + short, 1)

    dataset, before = ratio(2005)
    difference = before - ratio(2020)[1]
    names = ["regrowth-high", "regrowth-low", "unburned", "low", "moderate-low", "moderate-high", "high"]
    classes = numpy.digitize(difference, [-0.25, -0.1, 0.1, 0.27, 0.44, 0.66]) + 1
    grid = gdal.GetDriverByName("MEM").Create("", dataset.RasterXSize, dataset.RasterYSize, 1)
    grid.SetGeoTransform(dataset.GetGeoTransform())
    grid.GetRasterBand(1).WriteArray(classes)
    gdal.SieveFilter(grid.GetRasterBand(1), None, grid.GetRasterBand(1), 12)
    memory = ogr.GetDriverByName("Memory").CreateDataSource("")  # holds the layer
    shapes = memory.CreateLayer("classes", osr.SpatialReference())
    shapes.CreateField(ogr.FieldDefn("class", ogr.OFTInteger))
    gdal.Polygonize(grid.GetRasterBand(1), None, shapes, 0)
    for feature in shapes:
        yield feature.GetGeometryRef().Clone(), {"class": names[feature["class"] - 1]}


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    relief, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    made = {"flood-extent": flood, "damage-ems": damage_ems, "damage-unosat": damage_unosat, "access-constraints": access, "indicators": choropleth,
            "displacement": displacement, "incidents": incidents, "event-points": heat, "burn-severity": burn_severity}
    with tempfile.TemporaryDirectory() as place:
        def run(*words):
            subprocess.run([relief, *words, "--workspace", place + "/workspace"], check=True, stdout=subprocess.DEVNULL)

        for layer in ["land", "coastline", "country-labels", "boundaries", "lakes", "rivers", "places"]:
            run("add", str(HERE.parent / "data" / "ne.gpkg"), "--layer", layer)
        run("add", str(folder / "caribbean-landsat" / "bahamas_l7_rgb_utm18n.tif"), "--id", "imagery")
        for identity, make in made.items():
            run("add", str(written(pathlib.Path(place) / f"{identity}.geojson", make(folder))), "--id", identity)
        for style in sys.argv[3:] or VIEWS:
            longitude, latitude, zoom = VIEWS[style]
            run("render", str(HERE / f"{style}.json"), "--center", f"{longitude},{latitude}", "--zoom", str(zoom),
                "--size", SIZE, "-o", str(OUT / f"{style}.webp"))


if __name__ == "__main__":
    main()
