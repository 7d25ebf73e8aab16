// What OpenAPI says of the parameters that several addresses share.

#include "server/route/parameters.hpp"

#include <utility>

namespace relief::route {

http::Parameter layer_parameter() {
    return {"id",
            "path",
            "The layer's id.",
            R"({"type":"string","pattern":"^[a-z0-9][a-z0-9_-]{0,63}$"})",
            "flood"};
}

std::vector<http::Parameter> tile_path_parameters() {
    return {
        layer_parameter(),
        {"z", "path", "Zoom.", R"({"type":"integer","minimum":0,"maximum":24})", "12"},
        {"x", "path", "Column, 0 is the westernmost.", R"({"type":"integer","minimum":0})", "2046"},
        {"y",
         "path",
         "Row, 0 is the northernmost; with @2x the tile has 512 pixels a side.",
         R"({"type":"string","pattern":"^[0-9]+(@2x)?$"})",
         "1583"}};
}

namespace {

std::vector<http::Parameter> band_parameters() {
    return {{"bands",
             "query",
             "Bands to show, from 1: one or three, divided by commas.",
             R"({"type":"string"})",
             "3,2,1"},
            {"bidx", "query", "The same as bands.", R"({"type":"string"})", ""},
            {"expression",
             "query",
             "Formula over bands b1, b2, …: + - * / ** % comparisons & | where(c,a,b) min max abs "
             "sqrt log log10 exp; three formulas divided by ; make a colour picture.",
             R"({"type":"string","maxLength":1000})",
             "(b4-b3)/(b4+b3)"},
            {"rescale",
             "query",
             "low,high: the values that become black and white or the ends of the colour map; "
             "once, or once for each shown band.",
             R"({"type":"string"})",
             "0,3000"},
            {"colormap",
             "query",
             "Name of a colour map, or JSON from value or range to colour; "
             "values not named are transparent.",
             R"({"type":"string"})",
             "viridis"},
            {"colormap_name", "query", "The same as colormap.", R"({"type":"string"})", ""},
            {"nodata",
             "query",
             "The number that stands for no data, in place of the file's own.",
             R"({"type":"string"})",
             "0"},
            {"resampling",
             "query",
             "How cells become pixels.",
             R"({"type":"string","enum":["nearest","bilinear","cubic","average","mode"]})",
             "bilinear"}};
}

std::vector<http::Parameter> algorithm_parameters() {
    return {{"algorithm",
             "query",
             "hillshade, slope, contours, ndvi and others: what is drawn in place of the bands "
             "themselves. /algorithms lists them.",
             R"({"type":"string"})",
             "hillshade"},
            {"algorithm_params",
             "query",
             "The algorithm's parameters as a JSON object.",
             R"({"type":"string","maxLength":1000})",
             R"({"azimuth":315})"},
            {"against",
             "query",
             "The earlier date for algorithms of two dates, as time= is written; the one before "
             "the date shown when not given. Of a mosaic, the scenes of an earlier time.",
             R"({"type":"string"})",
             ""}};
}

std::vector<http::Parameter> choice_parameters() {
    return {{"style",
             "query",
             "A style of the layer; rasters have \"default\".",
             R"({"type":"string"})",
             ""},
            {"v",
             "query",
             "The content version; with the current one the answer may be kept for ever.",
             R"({"type":"string"})",
             ""}};
}

}  // namespace

std::vector<http::Parameter> time_parameters() {
    return {
        {"time",
         "query",
         "An instant, a day, a month, a year, START/END (\"..\" for an open end, or a duration "
         "such as P30D on one side), "
         "nearest:INSTANT, or latest. Of several observations inside, the newest; of a mosaic, all "
         "scenes inside; of features with times of their own, those inside.",
         R"({"type":"string"})",
         "2024-05-01"},
        {"max_age",
         "query",
         "No observation that is further from the time asked for: 6h, 30d, P30D.",
         R"({"type":"string"})",
         ""}};
}

std::vector<http::Parameter> drawing_parameters() {
    std::vector<http::Parameter> all = band_parameters();
    for (auto& parameter : algorithm_parameters()) all.push_back(std::move(parameter));
    for (auto& parameter : time_parameters()) all.push_back(std::move(parameter));
    for (auto& parameter : choice_parameters()) all.push_back(std::move(parameter));
    return all;
}

}  // namespace relief::route
