#pragma once
// One question to an identity provider, and what it answers.

#include "tiler/core/deadline.hpp"
#include "tiler/core/result.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace relief::oidc {

struct WebQuestion {
    std::string address;  ///< confidential, as workspace::is_confidential_address() says
    /// Of a POST, form-encoded when it is sent; none: GET.
    std::optional<std::vector<std::pair<std::string, std::string>>> form{};
    std::string basic{};   ///< "USER:PASSWORD" for RFC 7617; empty: none
    std::string bearer{};  ///< an access token (RFC 6750); empty: none
    Deadline deadline;     ///< ten seconds are the most
};

/// JSON that came with a good status, at most 256 KiB. Follows no redirect, keeps no cookie, holds
/// the server's certificate against those that the machine trusts. Blocks: never on a thread of
/// requests. Errors: source_broken in words for the log that name no secret; bad_request when the
/// provider refused (a status of 4xx), with its own word for it as detail.
Result<std::string> ask(const WebQuestion& question);

/// application/x-www-form-urlencoded (WHATWG URL, 5.2).
std::string form_encoded(std::string_view text);

}  // namespace relief::oidc
