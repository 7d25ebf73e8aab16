#pragma once
// The parameters of the algorithms, for their table.

#include "tiler/style/algorithm.hpp"

#include <array>
#include <limits>
#include <string_view>

namespace relief::style {

inline constexpr double none = std::numeric_limits<double>::quiet_NaN();

inline constexpr std::array<std::string_view, 2> angle_units{"degrees", "percent"};
inline constexpr std::array<std::string_view, 2> switches{"false", "true"};
inline constexpr std::array<std::string_view, 2> sides{"above", "below"};
inline constexpr std::array<std::string_view, 4> backscatter{"auto", "db", "power", "amplitude"};

inline constexpr ParameterFacts exaggeration{
    "z_factor", "z_exaggeration", "", 1, 0.01, 100, "heights are multiplied by it"};
inline constexpr ParameterFacts altitude{
    "altitude", "angle_altitude", "degrees", 45, 0, 90, "height of the light over the horizon"};

inline constexpr std::array hillshade_parameters{
    ParameterFacts{
        "azimuth", "", "degrees", 315, 0, 360, "where the light comes from, clockwise from north"},
    altitude,
    exaggeration};
inline constexpr std::array multidirectional_parameters{altitude, exaggeration};
inline constexpr std::array slope_parameters{
    ParameterFacts{"unit", "", "", 0, 0, 1, "degrees, or rise over run in percent", angle_units},
    exaggeration};
inline constexpr std::array contours_parameters{
    ParameterFacts{"interval",
                   "increment",
                   "m",
                   none,
                   0.1,
                   5000,
                   "metres between lines; chosen by zoom and relief when not given"},
    ParameterFacts{"major", "", "", 5, 0, 20, "every how many lines one is thick; 0: none"},
    ParameterFacts{"thickness", "", "px", 1, 0.5, 4, "width of a line"},
    ParameterFacts{"labels", "", "", 1, 0, 1, "heights written on the thick lines", switches}};
inline constexpr std::array encoding_parameters{ParameterFacts{
    "nodata_height",
    "",
    "m",
    none,
    -10000,
    30000,
    "height written where there is no data; such pixels are transparent when not given"}};
inline constexpr std::array logratio_parameters{
    ParameterFacts{"scale",
                   "",
                   "",
                   0,
                   0,
                   3,
                   "what the numbers are; auto: dB where the unit says so or numbers are negative, "
                   "else power",
                   backscatter}};
inline constexpr std::array threshold_parameters{
    ParameterFacts{"value", "", "", none, -1e12, 1e12, "the threshold; it must be given"},
    ParameterFacts{
        "side", "", "", 0, 0, 1, "which side is marked; the value itself is above", sides}};

}  // namespace relief::style
