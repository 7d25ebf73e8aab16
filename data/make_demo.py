#!/usr/bin/python3
"""Derives orihuela_flood_mask.tif from the Sentinel-1 and Sentinel-2 files beside it.

Needs Debian's python3-gdal and python3-numpy. Equal input gives an equal mask.

Method: water is what either sensor calls water. Radar: the VV backscatter, smoothed by a 5x5
median against speckle, lies below Otsu's threshold (smooth water reflects the pulse away).
Optical: NDWI = (green - near infrared) / (green + near infrared) lies above Otsu's threshold.
Otsu, N. (1979): A threshold selection method from gray-level histograms, IEEE Trans. SMC 9(1).
"""
import pathlib

import numpy
from osgeo import gdal

gdal.UseExceptions()
HERE = pathlib.Path(__file__).resolve().parent
NOT_ANALYSED = 255


def otsu(values):
    """The threshold that splits the histogram into the two classes furthest apart."""
    counts, edges = numpy.histogram(values, 256)
    centres = (edges[1:] + edges[:-1]) / 2
    below = counts.cumsum()
    sums = (counts * centres).cumsum()
    apart = (sums[-1] * below - sums * below[-1]) ** 2 / numpy.maximum(below * (below[-1] - below), 1)
    return centres[apart.argmax()]


def median_5x5(values):
    padded = numpy.pad(values, 2, mode="edge")
    rows, columns = values.shape
    windows = [padded[y:y + rows, x:x + columns] for y in range(5) for x in range(5)]
    return numpy.median(windows, axis=0)


def radar_on_the_grid_of(scene):
    west, size, _, north, _, _ = scene.GetGeoTransform()
    east = west + size * scene.RasterXSize
    south = north - size * scene.RasterYSize
    return gdal.Warp("", str(HERE / "orihuela_s1_vv_vh_db.tif"), format="MEM", dstSRS=scene.GetProjection(),
                     outputBounds=(west, south, east, north), xRes=size, yRes=size,
                     resampleAlg="bilinear", dstNodata=float("nan"))


def main():
    scene = gdal.Open(str(HERE / "orihuela_s2_b2_3_4_8_11_12.tif"))
    optical = scene.ReadAsArray().astype("float32")
    radar_file = radar_on_the_grid_of(scene)
    radar = radar_file.GetRasterBand(1).ReadAsArray()
    seen = (optical[1] > 0) & numpy.isfinite(radar)

    green, infrared = optical[1], optical[3]
    ndwi = (green - infrared) / numpy.where(seen, green + infrared, 1)
    smooth = median_5x5(numpy.where(seen, radar, numpy.median(radar[seen])))
    radar_threshold, ndwi_threshold = otsu(smooth[seen]), otsu(ndwi[seen])
    water = (smooth < radar_threshold) | (ndwi > ndwi_threshold)

    mask = numpy.where(seen, water, NOT_ANALYSED).astype("uint8")
    memory = gdal.GetDriverByName("MEM").Create("", scene.RasterXSize, scene.RasterYSize, 1, gdal.GDT_Byte)
    memory.SetGeoTransform(scene.GetGeoTransform())
    memory.SetProjection(scene.GetProjection())
    band = memory.GetRasterBand(1)
    band.WriteArray(mask)
    band.SetNoDataValue(NOT_ANALYSED)
    band.SetDescription("open water")
    gdal.Translate(str(HERE / "orihuela_flood_mask.tif"), memory, creationOptions=["COMPRESS=DEFLATE"])
    print(f"VV < {radar_threshold:.2f} dB or NDWI > {ndwi_threshold:.3f}: "
          f"{100 * water[seen].mean():.1f} % of {100 * seen.mean():.1f} % analysed")


main()
