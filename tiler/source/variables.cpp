#include "tiler/source/variables.hpp"

#include "tiler/source/gdal_dataset.hpp"
#include "tiler/source/gdal_runtime.hpp"
#include "tiler/source/grib_messages.hpp"
#include "tiler/source/variable_slices.hpp"

#include <gdal_priv.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <fstream>
#include <set>
#include <utility>

namespace relief::source {
namespace {

/// Each is opened to be looked at; a file with more is a database, not a map.
constexpr std::size_t most_variables = 200;

Dataset open_dataset(const std::string& name) {
    return Dataset(static_cast<GDALDataset*>(GDALOpenEx(name.c_str(),
                                                        GDAL_OF_RASTER | GDAL_OF_READONLY,
                                                        allowed_drivers(Trust::operated),
                                                        nullptr,
                                                        nullptr)));
}

constexpr std::string_view hdf5_signature("\x89HDF\r\n\x1a\n", 8);

std::string first_bytes(const std::string& path) {
    // A GRIB message may stand behind the header of a telegram (WMO 386).
    std::string head(512, '\0');
    std::ifstream file(path, std::ios::binary);
    file.read(head.data(), static_cast<std::streamsize>(head.size()));
    head.resize(static_cast<std::size_t>(file.gcount()));
    return head;
}

/// NetCDF of version 4 is HDF5. What follows the conventions is read by its driver whatever the
/// file is called, since the other knows neither places nor times.
Dataset open_file(const std::string& path) {
    if (first_bytes(path).starts_with(hdf5_signature)) {
        if (Dataset dataset = open_dataset("NETCDF:\"" + path + "\"")) return dataset;
    }
    return open_dataset(path);
}

bool is_digits(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// "[4x6x8] t2m (32-bit floating-point)" → "t2m".
std::string name_in_description(const std::string& description) {
    const std::size_t begin = description.starts_with('[') ? description.find("] ") : 0;
    const std::size_t end = description.rfind(" (");
    if (begin == std::string::npos || end == std::string::npos || end < begin + 2) return {};
    return description.substr(begin + 2, end - begin - 2);
}

/// A part's own name: the end of its path, or where that is a number only what describes it.
// NOLINTNEXTLINE(bugprone-easily-swappable-parameters): as GDAL lists them
std::string name_of_part(std::string tail, const std::string& description) {
    std::replace(tail.begin(), tail.end(), ':', '/');
    tail.erase(0, std::min(tail.find_first_not_of('/'), tail.size()));
    if (!is_digits(tail)) return tail;
    const std::string described = name_in_description(description);
    return described.empty() ? tail : described;
}

bool is_placed(GDALDataset& dataset) {
    std::array<double, 6> transform{};
    return dataset.GetGeoTransform(transform.data()) == CE_None || dataset.GetGCPCount() > 0;
}

void describe_variable(GDALDataset& dataset, const std::string& path, Variable& variable) {
    variable.placed = is_placed(dataset);
    variable.title = item_of(*dataset.GetRasterBand(1), "long_name");
    variable.unit = dataset.GetRasterBand(1)->GetUnitType();
    take_dimensions(dataset, path, variable);
    if (!variable.placed)
        variable.problem =
            "it does not say where on earth it lies: it has no regular grid of "
            "coordinates";
}

/// Names that other variables refer to as their bounds or coordinates: no maps.
void note_auxiliaries(GDALDataset& dataset, std::set<std::string>& names) {
    for (char** item = dataset.GetMetadata(); item != nullptr && *item != nullptr; ++item) {
        const std::string_view text(*item);
        const std::size_t equal = text.find('=');
        if (equal == std::string_view::npos) continue;
        const std::string_view key = text.substr(0, equal);
        if (!key.ends_with("#bounds") && !key.ends_with("#coordinates")) continue;
        std::string word;
        for (const char c : std::string(text.substr(equal + 1)) + ' ') {
            if (c != ' ') {
                word.push_back(c);
            } else {
                names.insert(std::exchange(word, {}));
            }
        }
    }
}

std::vector<Variable> variables_of_subdatasets(GDALDataset& file, const std::string& path) {
    char** list = file.GetMetadata("SUBDATASETS");
    std::vector<Variable> variables;
    std::set<std::string> auxiliaries;
    for (std::size_t i = 1; i <= most_variables; ++i) {
        const std::string key = "SUBDATASET_" + std::to_string(i);
        const char* name = CSLFetchNameValue(list, (key + "_NAME").c_str());
        if (name == nullptr) break;
        const auto tail = name_within(name, path);
        const Dataset part = tail ? open_dataset(name) : nullptr;
        if (!part || part->GetRasterCount() == 0) continue;
        Variable variable;
        const char* description = CSLFetchNameValue(list, (key + "_DESC").c_str());
        variable.name = name_of_part(*tail, description != nullptr ? description : "");
        variable.dataset = name;
        describe_variable(*part, path, variable);
        note_auxiliaries(*part, auxiliaries);
        variables.push_back(std::move(variable));
    }
    std::erase_if(variables, [&](const Variable& one) { return auxiliaries.contains(one.name); });
    return variables;
}

bool is_plain(const Variable& variable) {
    return variable.problem.empty() && variable.slices.size() == 1 && !variable.slices.front().time;
}

}  // namespace

bool may_hold_variables(const std::string& path) {
    constexpr std::array<std::string_view, 3> beginnings{
        "CDF", "SQLite format 3", "\x0e\x03\x13\x01"};
    const std::string head = first_bytes(path);
    return head.starts_with(hdf5_signature) || head.find("GRIB") != std::string::npos ||
           std::any_of(beginnings.begin(), beginnings.end(), [&](std::string_view beginning) {
               return head.starts_with(beginning);
           });
}

std::optional<std::string> name_within(std::string_view dataset, const std::string& path) {
    const std::size_t at = dataset.find(path);
    if (path.empty() || path.find('"') != std::string::npos || at == std::string_view::npos)
        return std::nullopt;
    std::string_view before = dataset.substr(0, at);
    std::string_view after = dataset.substr(at + path.size());
    if (before.ends_with('"') != after.starts_with('"')) return std::nullopt;
    if (before.ends_with('"')) {
        before.remove_suffix(1);
        after.remove_prefix(1);
    }
    const bool prefix =
        before.ends_with(':') && std::all_of(before.begin(), before.end(), [](unsigned char c) {
            return c == ':' || c == '_' || std::isalnum(c) != 0;
        });
    if (!prefix || !after.starts_with(':')) return std::nullopt;
    return std::string(after.substr(1));
}

Result<std::vector<Variable>> list_variables(const std::string& path) {
    if (!may_hold_variables(path)) return std::vector<Variable>{};
    const GdalMessages messages;
    const Dataset file = open_file(path);
    if (!file)
        return source_broken(std::string("the file cannot be read: ") + not_read_here,
                             messages.last());
    if (std::string_view(file->GetDriver()->GetDescription()) == "GRIB")
        return variables_of_messages(*file, path);
    if (file->GetMetadata("SUBDATASETS") != nullptr) return variables_of_subdatasets(*file, path);
    if (file->GetRasterCount() == 0) return std::vector<Variable>{};
    Variable variable;
    variable.name = item_of(*file->GetRasterBand(1), "NETCDF_VARNAME");
    variable.dataset = file->GetDescription();
    describe_variable(*file, path, variable);
    // The plain way reads it as well, and says better what is wrong with it.
    if (is_plain(variable) || !variable.placed) return std::vector<Variable>{};
    return std::vector<Variable>{std::move(variable)};
}

}  // namespace relief::source
