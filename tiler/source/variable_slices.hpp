#pragma once
// The bands of an opened NetCDF variable as its slices, by what they say of themselves.

#include "tiler/source/variables.hpp"

#include <string>

class GDALDataset;

namespace relief::source {

/// Dimensions by the metadata of the driver (NETCDF_DIM_…), the time axis by its unit, the
/// period of each step by the bounds of the axis in the file at `path`. A dimension called band or
/// bands stays one: its bands are one raster. Fills axes, slices and problem; without dimensions
/// the variable is one raster of all bands.
void take_dimensions(GDALDataset& dataset, const std::string& path, Variable& variable);

}  // namespace relief::source
