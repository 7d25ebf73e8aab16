#pragma once
// The bands of one opened dataset as slices of variables, by what the bands say of themselves.

#include "tiler/source/variables.hpp"

#include <string>
#include <vector>

class GDALDataset;

namespace relief::source {

/// NetCDF: dimensions by the metadata of the driver (NETCDF_DIM_…), the time axis by its unit, the
/// period of each step by the bounds of the axis in the file at `path`. A dimension called band or
/// bands stays one: its bands are one raster. Fills axes, slices and problem; without dimensions
/// the variable is one raster of all bands.
void take_dimensions(GDALDataset& dataset, const std::string& path, Variable& variable);

/// GRIB: one variable for each element; level and valid time by its messages (GRIB_ELEMENT,
/// GRIB_SHORT_NAME, GRIB_VALID_TIME), the run where several forecasts hold the same hour.
std::vector<Variable> variables_of_messages(GDALDataset& dataset, const std::string& path);

}  // namespace relief::source
