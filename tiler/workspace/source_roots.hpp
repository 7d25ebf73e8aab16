#pragma once
// The places outside the workspace that the operator lets layers refer to: the key `sources`.

#include "tiler/core/remote_address.hpp"
#include "tiler/core/result.hpp"
#include "tiler/core/table_address.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relief::workspace {

/// Of one entry of `sources`: an absolute folder, or an address that files may stand under.
std::optional<std::string> check_source_root(std::string_view value);

/// The address of a remote file, when one of the roots holds it. Errors: bad_request for what is no
/// address of a file; for one that is not allowed, naming its folder and the key that would allow
/// it.
Result<RemoteAddress> allowed_address(const std::vector<std::string>& roots, std::string_view text);

/// The same of a table, when one of the roots is its database.
Result<TableAddress> allowed_table(const std::vector<std::string>& roots, std::string_view text);

}  // namespace relief::workspace
