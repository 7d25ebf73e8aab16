#pragma once
// What the configuration says, as the parts of a running server take it.

#include "server/command/running_server.hpp"
#include "server/http/server.hpp"
#include "server/ops/log.hpp"
#include "server/service/event_hub.hpp"
#include "server/service/tile_service.hpp"
#include "tiler/report/privacy_levels.hpp"
#include "tiler/text/text.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace relief::command {

/// The promised memory, shared out: decoded blocks are the dearest to make again.
struct Shares {
    std::size_t blocks, tiles;  ///< bytes
};
Shares shares_of(const workspace::Configuration& configuration);

http::ServerOptions options_of(const workspace::Configuration& configuration);

/// For rendering.
unsigned threads_of(const workspace::Configuration& configuration);

service::TileCaches caches_of(const ServeOrder& order);

/// Streams stay open: half of all places are left to those who ask.
service::EventHub::Settings event_settings(const workspace::Configuration& configuration);

/// Reports are kept in a folder that can be written, or made.
bool takes_reports(const std::filesystem::path& workspace);

/// Errors: bad_request naming the level and the word.
Result<report::PrivacyLevels> levels_of(const workspace::Configuration& configuration);

/// The workspace's styles come before those of folders served in place.
std::vector<std::filesystem::path> style_folders(const ServeOrder& order);
/// Of pictures that styles name.
std::vector<std::filesystem::path> icon_folders(const ServeOrder& order);

/// Nothing, and a line in the log, when the machine has none.
std::optional<text::Fonts> open_fonts(ops::Log& log);

/// Where it is reached at that port.
std::string address_of(const workspace::Configuration& configuration, std::uint16_t port);

}  // namespace relief::command
