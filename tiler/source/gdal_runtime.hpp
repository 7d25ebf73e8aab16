#pragma once
// GDAL as this house uses it: few drivers, no network, no code in data, fixed memory.

#include "tiler/source/source_file.hpp"

#include <string>

namespace relief::source {

/// Registers the drivers of the allow-lists and fixes GDAL's settings; called once, before other
/// threads.
void start_gdal();

/// Null-terminated list of driver names that may open a file of this trust, for GDALOpenEx.
const char* const* allowed_drivers(Trust trust) noexcept;

/// Keeps GDAL's messages of this thread from the terminal while it lives, and the last of them for
/// the log.
class GdalMessages {
public:
    GdalMessages();
    ~GdalMessages();
    GdalMessages(const GdalMessages&) = delete;
    GdalMessages& operator=(const GdalMessages&) = delete;
    GdalMessages(GdalMessages&&) = delete;
    GdalMessages& operator=(GdalMessages&&) = delete;

    std::string last() const;
};

}  // namespace relief::source
