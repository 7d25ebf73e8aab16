#!/usr/bin/env python3
"""Makes the reports and events of the demonstration.

Usage: data/make_reports.py [GED.geojson.gz]

example_reports.geojson   generated: nobody wrote these reports, each says so. Seeded: the same every time.
ucdp_ged_car.csv          written only when the events of UCDP GED are given: events of the Central African
                          Republic since 2013, without the texts of the press that the original quotes.
"""
import csv
import gzip
import json
import pathlib
import random
import sys

HERE = pathlib.Path(__file__).resolve().parent

# Category, then the words of a report in several languages.
KINDS = [
    ("road", "severe", [("en", "Example: road under water"), ("es", "Ejemplo: carretera bajo el agua"),
                        ("ar", "مثال: طريق تحت الماء"), ("fr", "Exemple : route sous l'eau")]),
    ("shelter", "moderate", [("en", "Example: shelter is open"), ("es", "Ejemplo: refugio abierto"),
                             ("ar", "مثال: مأوى مفتوح"), ("uk", "Приклад: укриття відчинене")]),
    ("water-point", "severe", [("en", "Example: no drinking water"), ("es", "Ejemplo: no hay agua potable"),
                         ("ar", "مثال: لا توجد مياه شرب"), ("ht", "Egzanp: pa gen dlo pou bwè")]),
    ("bridge", "extreme", [("en", "Example: bridge closed"), ("es", "Ejemplo: puente cerrado"),
                           ("my", "ဥပမာ: တံတား ပိတ်ထားသည်"), ("am", "ምሳሌ፦ ድልድይ ተዘግቷል")]),
    ("power", "minor", [("en", "Example: power is back"), ("es", "Ejemplo: ha vuelto la luz"),
                        ("zh", "示例：已恢复供电"), ("ku", "Mînak: elektrîk vegeriya")]),
]
# Where the flood of the demonstration is: the plain of Orihuela and Almoradí, Spain, September 2019.
CENTRES = [(-0.945, 38.085, 0.02), (-0.79, 38.11, 0.015), (-0.87, 38.10, 0.03)]
COUNT = 240


def example(rng, number):
    category, severity, texts = rng.choice(KINDS)
    language, title = rng.choice(texts)
    lon, lat, spread = rng.choice(CENTRES)
    minutes = rng.randrange(5 * 24 * 60)
    time = f"2019-09-{13 + minutes // 1440:02d}T{minutes // 60 % 24:02d}:{minutes % 60:02d}:00Z"
    return {"type": "Feature", "id": f"example-{number}",
            "geometry": {"type": "Point", "coordinates": [round(rng.gauss(lon, spread), 5), round(rng.gauss(lat, spread / 2), 5)]},
            "properties": {"title": title, "description": "A generated example, not a real report.", "category": category,
                           "severity": severity, "status": "verified", "time": time, "language": language, "example": True}}


def make_examples():
    rng = random.Random(20190913)
    lines = ",\n".join(json.dumps(example(rng, n), ensure_ascii=False) for n in range(1, COUNT + 1))
    (HERE / "example_reports.geojson").write_text('{"type":"FeatureCollection","features":[\n' + lines + "\n]}\n", encoding="utf-8")


COLUMNS = ["id", "type_of_violence", "dyad_name", "where_prec", "where_coordinates", "adm_1", "country", "latitude", "longitude",
           "date_prec", "date_start", "date_end", "best", "low", "high"]


def make_events(source):
    with gzip.open(source, "rt", encoding="utf-8") as file:
        features = json.load(file)["features"]
    kept = [f for f in features if f["properties"]["date_start"] >= "2013"]
    with open(HERE / "ucdp_ged_car.csv", "w", newline="", encoding="utf-8") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(COLUMNS)
        for feature in sorted(kept, key=lambda f: f["properties"]["id"])[::2]:
            longitude, latitude = feature["geometry"]["coordinates"]
            p = dict(feature["properties"], longitude=longitude, latitude=latitude)
            out.writerow([str(p[c])[:10] if c.startswith("date_") and c != "date_prec" else p[c] for c in COLUMNS])


make_examples()
if len(sys.argv) > 1:
    make_events(sys.argv[1])
