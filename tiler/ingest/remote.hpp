#pragma once
// Remote rasters as layers: looked at, registered, never copied.

#include "tiler/core/remote_address.hpp"
#include "tiler/ingest/add.hpp"

#include <functional>
#include <optional>
#include <string>

namespace relief::ingest {

/// The raster at an address as an observation without a time: a child process reads what tells of
/// it. The caller has made sure that the address is allowed. Asked a few times a second, `wanted`
/// (may be empty) ends it early. Errors: source_broken in plain words; bad_request.
Result<workspace::Observation> inspect_remote(const std::string& program,
                                              const RemoteAddress& address,
                                              const std::function<bool()>& wanted = {});

/// One answer line of the child.
Result<workspace::Observation> read_remote_answer(const std::string& line,
                                                  const RemoteAddress& address);

/// As add(), but the layer refers to the file where it is; the order's `file` is not looked at.
Result<Added> add_remote(const AddOrder& order, const RemoteAddress& address);

/// Asks the address of a remote observation whether it still holds the version that is known, and
/// looks at it again when it does not. Nothing: it does. Errors: as inspect_remote().
Result<std::optional<workspace::Observation>> changed_remote(const std::string& program,
                                                             const workspace::Observation& known);

}  // namespace relief::ingest
