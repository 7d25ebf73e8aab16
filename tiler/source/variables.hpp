#pragma once
// The rasters of a file that holds several: its variables, and the slices of each.

#include "tiler/core/instant.hpp"
#include "tiler/core/result.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace relief::source {

/// A dimension besides place and time that has more than one value: a level, a member.
struct VariableAxis {
    std::string name;
    std::string unit;                 ///< may be empty
    std::vector<std::string> values;  ///< as the file has them
};

/// One raster of a variable.
struct VariableSlice {
    int band = 0;  ///< of the variable's dataset, from 1; 0: all bands are one raster
    std::optional<InstantRange> time;  ///< a period where the file says so, else an instant
    std::vector<std::size_t> at;       ///< for each axis, which of its values
};

struct Variable {
    std::string name;     ///< as `--variable` takes it
    std::string title;    ///< for people; may be empty
    std::string unit;     ///< may be empty
    std::string dataset;  ///< the name under which GDAL opens it
    bool placed = true;   ///< it says where on earth it lies
    std::string problem;  ///< why it cannot be read, in plain words; empty: it can
    std::vector<VariableAxis> axes;
    std::vector<VariableSlice> slices;  ///< as they lie in the file; never empty without a problem
};

/// Whether the file's first bytes are those of a format that holds variables: NetCDF, HDF, GRIB,
/// GeoPackage.
bool may_hold_variables(const std::string& path);

/// Leaves out what belongs to other variables: bounds and coordinates. Where a band says which time
/// and level it shows, it becomes a slice. Of other formats than may_hold_variables() names, and of
/// files that are one raster, none. Errors: source_broken when the file cannot be opened.
Result<std::vector<Variable>> list_variables(const std::string& path);

/// The part of a subdataset's name after the path; none when the name is not that of a part of this
/// file.
std::optional<std::string> name_within(std::string_view dataset, const std::string& path);

/// What the operator chose: `--variable` and any number of `--at DIMENSION=VALUE`.
struct VariableWords {
    std::string variable;
    std::vector<std::pair<std::string, std::string>> at;
};

/// The variable with the slices that are meant, ascending by time, and no axes any more. Errors:
/// bad_request naming what can be chosen.
Result<Variable> choose_variable(const std::vector<Variable>& variables,
                                 const VariableWords& words);

}  // namespace relief::source
