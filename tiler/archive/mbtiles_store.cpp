#include "tiler/archive/mbtiles_store.hpp"

#include "tiler/archive/file_moves.hpp"
#include "tiler/archive/tile_digest.hpp"
#include "tiler/archive/work_book.hpp"

#include <optional>
#include <utility>

namespace relief::archive {
namespace {

using workspace::Connection;
using workspace::Statement;

// The application id is "MPBX", which the specification recommends. Map and images are the tables
// that readers and tools of this format know; sqlite3 and GDAL see the view.
constexpr const char* map_tables = R"(
PRAGMA application_id=1297105496;
CREATE TABLE metadata(name TEXT NOT NULL, value TEXT);
CREATE UNIQUE INDEX metadata_name ON metadata(name);
CREATE TABLE images(tile_id TEXT NOT NULL, tile_data BLOB NOT NULL);
CREATE UNIQUE INDEX images_id ON images(tile_id);
CREATE TABLE map(zoom_level INTEGER NOT NULL, tile_column INTEGER NOT NULL,
                 tile_row INTEGER NOT NULL, tile_id TEXT NOT NULL);
CREATE UNIQUE INDEX map_index ON map(zoom_level, tile_column, tile_row);
CREATE VIEW tiles AS
  SELECT map.zoom_level AS zoom_level, map.tile_column AS tile_column, map.tile_row AS tile_row,
         images.tile_data AS tile_data
  FROM map JOIN images ON images.tile_id = map.tile_id;
)";

/// Prepared once, as long as the connection lives.
struct MapStatements {
    explicit MapStatements(const Connection& connection)
        : place(connection, "INSERT OR REPLACE INTO map VALUES(?, ?, ?, ?)"),
          image(connection, "INSERT OR IGNORE INTO images VALUES(?, ?)") {}
    Statement place;
    Statement image;
};

class MbtilesStore final : public TileStore {
public:
    MbtilesStore(std::unique_ptr<WorkBook> book,
                 PackagePlaces places,
                 Description description,
                 Appearing appearing)
        : book_(std::move(book)),
          places_(std::move(places)),
          description_(std::move(description)),
          appearing_(std::move(appearing)) {
        if (!book_->ended()) statements_.emplace(book_->connection());
    }

    const Ledger& ledger() const noexcept override { return book_->ledger(); }

    bool only_unnamed() const noexcept override { return book_->ended(); }

    Result<void> put(const TileId& tile, const Bytes& bytes) override {
        if (auto begun = book_->begin(); !begun) return begun;
        const std::string digest = digest_of(bytes);
        Statement& image = statements_->image.again();
        if (auto stored = image.bind(std::string_view(digest)).bind(std::span(bytes)).finish();
            !stored)
            return stored;
        const bool fresh = sqlite3_changes(book_->connection().handle()) > 0;
        const std::int64_t southern_row =
            (std::int64_t{1} << tile.zoom()) - 1 - std::int64_t{tile.row()};
        if (auto placed = statements_->place.again()
                              .bind(std::int64_t{tile.zoom()})
                              .bind(std::int64_t{tile.column()})
                              .bind(southern_row)
                              .bind(std::string_view(digest))
                              .finish();
            !placed)
            return placed;
        Ledger& ledger = book_->ledger();
        ++ledger.tiles;
        ledger.distinct += fresh ? 1 : 0;
        ledger.bytes += fresh ? bytes.size() : 0;
        return {};
    }

    Result<void> keep(std::uint64_t next) override { return book_->commit(next); }

    Result<void> finish() override {
        statements_.reset();
        if (!book_->ended()) {
            if (auto described = describe(); !described) return described;
            if (auto ended = book_->end(); !ended) return ended;
        }
        if (auto closed = book_->close(); !closed) return closed;
        return appearing_(places_, description_);
    }

private:
    Result<void> describe() {
        if (auto begun = book_->begin(); !begun) return begun;
        Statement row(book_->connection(), "INSERT OR REPLACE INTO metadata VALUES(?, ?)");
        for (const auto& [name, value] : mbtiles_metadata(description_)) {
            row.again().bind(std::string_view(name)).bind(std::string_view(value));
            if (auto written = row.finish(); !written) return written;
        }
        return {};
    }

    std::unique_ptr<WorkBook> book_;
    PackagePlaces places_;
    Description description_;
    Appearing appearing_;
    std::optional<MapStatements> statements_;  // after the book, whose connection they need
};

}  // namespace

Result<std::unique_ptr<TileStore>> open_mbtiles(const PackagePlaces& places,
                                                const Description& description) {
    return open_tile_tables(places, description, [](const PackagePlaces& all, const Description&) {
        return publish(all.unfinished, all.finished);
    });
}

Result<std::unique_ptr<TileStore>> open_tile_tables(const PackagePlaces& places,
                                                    const Description& description,
                                                    Appearing appearing) {
    auto book = WorkBook::open({places.unfinished, description.order, map_tables});
    if (!book) return book.error();
    return std::unique_ptr<TileStore>(std::make_unique<MbtilesStore>(
        std::move(*book), places, description, std::move(appearing)));
}

std::optional<std::string> order_in_mbtiles(const std::filesystem::path& file) {
    const auto connection = Connection::open(file, Connection::Mode::read, "the package");
    if (!connection) return std::nullopt;
    Statement query(*connection, "SELECT value FROM metadata WHERE name='relief_order'");
    const auto row = query.step();
    if (!row || !*row) return std::nullopt;
    return query.text(0);
}

}  // namespace relief::archive
