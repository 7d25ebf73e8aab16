#pragma once
// Small NetCDF files of several variables, made for one test.

#include "tests/support/temporary_folder.hpp"

#include <gdal_frmts.h>
#include <gdal_priv.h>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace relief::testing {

using CubeAttributes = std::map<std::string, std::string>;

/// A dimension with its coordinate variable.
struct CubeAxis {
    std::string name;
    std::vector<double> values;
    CubeAttributes attributes;
};

struct CubeVariable {
    std::string name;
    std::vector<std::string> axes;  ///< slowest first; the last two are lat and lon
    CubeAttributes attributes;
    /// Value of the cell with this number, counted as it lies in the file.
    std::function<double(std::size_t)> value = [](std::size_t cell) { return double(cell); };
};

struct CubeRecipe {
    std::vector<CubeAxis> axes;
    std::vector<CubeVariable> variables;
    std::string format = "NC4";  ///< "NC": the classic one
};

/// 8 x 6 cells of half a degree around 10 E, 45 N.
inline std::vector<CubeAxis> place_axes() {
    return {{"lat",
             {46.25, 45.75, 45.25, 44.75, 44.25, 43.75},
             {{"units", "degrees_north"}, {"standard_name", "latitude"}}},
            {"lon",
             {8.25, 8.75, 9.25, 9.75, 10.25, 10.75, 11.25, 11.75},
             {{"units", "degrees_east"}, {"standard_name", "longitude"}}}};
}

class CubeWriter {
public:
    CubeWriter(GDALGroup& group, const CubeRecipe& recipe) : group_(group) {
        for (const CubeAxis& axis : recipe.axes) write(axis);
        for (const CubeVariable& variable : recipe.variables) write(variable);
    }

private:
    using Array = std::shared_ptr<GDALMDArray>;

    static void note(const Array& array, const CubeAttributes& attributes) {
        for (const auto& [name, text] : attributes) {
            // The driver keeps the unit apart from the other attributes.
            if (name == "units") {
                array->SetUnit(text);
                continue;
            }
            array->CreateAttribute(name, {}, GDALExtendedDataType::CreateString())
                ->Write(text.c_str());
        }
    }
    static void fill(const Array& array, const std::vector<double>& values) {
        const std::size_t rank = array->GetDimensionCount();
        const std::vector<GUInt64> start(rank, 0);
        std::vector<std::size_t> count;
        for (const auto& dimension : array->GetDimensions()) count.push_back(dimension->GetSize());
        array->Write(start.data(),
                     count.data(),
                     nullptr,
                     nullptr,
                     GDALExtendedDataType::Create(GDT_Float64),
                     values.data());
    }
    void write(const CubeAxis& axis) {
        const std::string type = axis.name == "lon"   ? GDAL_DIM_TYPE_HORIZONTAL_X
                                 : axis.name == "lat" ? GDAL_DIM_TYPE_HORIZONTAL_Y
                                                      : "";
        const auto dimension = group_.CreateDimension(axis.name, type, "", axis.values.size());
        dimensions_[axis.name] = dimension;
        const Array array =
            group_.CreateMDArray(axis.name, {dimension}, GDALExtendedDataType::Create(GDT_Float64));
        note(array, axis.attributes);
        fill(array, axis.values);
    }
    void write(const CubeVariable& variable) {
        std::vector<std::shared_ptr<GDALDimension>> dimensions;
        std::size_t cells = 1;
        for (const std::string& axis : variable.axes) {
            dimensions.push_back(dimensions_.at(axis));
            cells *= dimensions.back()->GetSize();
        }
        const Array array = group_.CreateMDArray(
            variable.name, dimensions, GDALExtendedDataType::Create(GDT_Float32));
        note(array, variable.attributes);
        std::vector<double> values;
        for (std::size_t cell = 0; cell < cells; ++cell) values.push_back(variable.value(cell));
        fill(array, values);
    }

    GDALGroup& group_;
    std::map<std::string, std::shared_ptr<GDALDimension>> dimensions_;
};

/// Writes the recipe as `name` into the folder and gives the path.
inline std::string write_cube(const TemporaryFolder& folder,
                              const std::string& name,
                              const CubeRecipe& recipe) {
    GDALRegister_netCDF();
    std::string path = (folder.path() / name).string();
    GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("netCDF");
    const std::string format = "FORMAT=" + recipe.format;
    char** options = CSLAddString(nullptr, format.c_str());
    const std::unique_ptr<GDALDataset> dataset(
        driver->CreateMultiDimensional(path.c_str(), nullptr, options));
    CSLDestroy(options);
    const CubeWriter writer(*dataset->GetRootGroup(), recipe);
    return path;
}

}  // namespace relief::testing
