#pragma once
// Coverage and pixels as letters and numbers.

#include "tiler/canvas/plane.hpp"

#include <string>

namespace relief::canvas {

/// A row of text for each row of pixels: '.' nothing, 'x' all, else the tenths covered.
inline std::string drawn(const Coverage& coverage) {
    std::string text;
    for (int y = 0; y < coverage.size().height; ++y) {
        for (int x = 0; x < coverage.size().width; ++x) {
            const int value = coverage.row(y)[x];
            const int tenths = value * 10 / 255;
            text += value == 0 ? '.' : value == 255 ? 'x' : static_cast<char>('0' + tenths);
        }
        text += '\n';
    }
    return text;
}

inline double covered_pixels(const Coverage& coverage) {
    double sum = 0;
    for (int y = 0; y < coverage.size().height; ++y)
        for (int x = 0; x < coverage.size().width; ++x) sum += coverage.row(y)[x] / 255.0;
    return sum;
}

}  // namespace relief::canvas
