#pragma once
// Short bodies of names and values: JSON objects, or what a form sends.

#include "server/http/request.hpp"
#include "tiler/core/result.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relief::route {

class SentWords {
public:
    /// Errors: unsupported_media; too_large above 8 kB; bad_request for what is neither a JSON
    /// object of texts and lists of texts, nor a form.
    static Result<SentWords> read(const http::Request& request);

    std::optional<std::string> text(std::string_view name) const;
    /// A list, or a text divided by commas.
    std::optional<std::vector<std::string>> list(std::string_view name) const;

private:
    std::map<std::string, std::vector<std::string>, std::less<>> words_;
};

}  // namespace relief::route
