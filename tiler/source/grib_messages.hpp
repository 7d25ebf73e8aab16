#pragma once
// The messages of an opened GRIB file as slices of variables, by what they say of themselves.

#include "tiler/source/variables.hpp"

#include <string>
#include <vector>

class GDALDataset;

namespace relief::source {

/// One variable for each element; level and time by its messages (GRIB_ELEMENT, GRIB_SHORT_NAME,
/// GRIB_VALID_TIME), the run where several forecasts hold the same hour. What is summed or averaged
/// over a time has that period, from its begin to the last millisecond before its end.
std::vector<Variable> variables_of_messages(GDALDataset& dataset, const std::string& path);

}  // namespace relief::source
