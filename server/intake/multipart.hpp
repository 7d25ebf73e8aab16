#pragma once
// A body of multipart/form-data, taken apart.

#include "server/intake/sent_report.hpp"
#include "tiler/core/result.hpp"

#include <string_view>
#include <vector>

namespace relief::intake {

struct Multipart {
    Fields fields;
    std::vector<std::string_view> photos;  ///< parts named photo or photos; point into the body
};

struct FormBody {
    std::string_view content_type;  ///< with the boundary
    std::string_view bytes;
};

/// Names of files and types that a part states are not looked at; a photo without bytes is what a
/// form sends when none was chosen. Errors: bad_request for a missing or wrong boundary, a part
/// without a name, more fields or photos than a report may have, or a file under another name.
/// Source: RFC 7578; RFC 2046, 5.1.1.
Result<Multipart> read_multipart(const FormBody& sent);

}  // namespace relief::intake
