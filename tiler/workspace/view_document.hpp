#pragma once
// The words of a view's XML that matter for what it reads; GDAL reads the rest.

#include "tiler/core/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace relief::workspace {

/// A source as it is written.
struct NamedSource {
    std::string name;
    bool relative = false;  ///< to the folder of the view
};

/// Names are compared without regard to case, as GDAL does. Errors: bad_request for what no view of
/// an operator needs: pixel functions in Python, raw bands, and documents that are none.
Result<std::vector<NamedSource>> sources_in_document(std::string_view document);

/// Whether GDAL would take a file that begins so for a view.
bool begins_as_view(std::string_view head) noexcept;

}  // namespace relief::workspace
