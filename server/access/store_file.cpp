#include "server/access/store_file.hpp"

#include "tiler/workspace/layer_store.hpp"
#include "tiler/workspace/schema.hpp"

namespace relief::access {

using workspace::Connection;

Result<Connection> open_for_writing(const std::filesystem::path& workspace) {
    if (auto made = workspace::LayerStore::open(workspace); !made) return made.error();
    auto connection = Connection::open(workspace / "relief.db", Connection::Mode::write);
    if (!connection) return connection.error();
    if (auto ready = workspace::prepare_schema(*connection); !ready) return ready.error();
    return connection;
}

Result<Connection> open_for_reading(const std::filesystem::path& workspace) {
    if (auto there = workspace::LayerStore::open_existing(workspace); !there) return there.error();
    auto connection = Connection::open(workspace / "relief.db", Connection::Mode::read);
    if (connection) return connection;
    return Connection::open(workspace / "relief.db", Connection::Mode::frozen);
}

}  // namespace relief::access
