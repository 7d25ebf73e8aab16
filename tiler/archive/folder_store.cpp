#include "tiler/archive/folder_store.hpp"

#include "tiler/archive/file_moves.hpp"
#include "tiler/archive/tile_digest.hpp"
#include "tiler/archive/work_book.hpp"

#include <fstream>
#include <iterator>
#include <optional>
#include <utility>

namespace relief::archive {
namespace {

namespace fs = std::filesystem;
using workspace::Statement;

constexpr const char* book_name = "unfinished-export.db";
constexpr const char* document_name = "tilejson.json";

// Which file holds some bytes.
constexpr const char* seen_table =
    "CREATE TABLE seen(digest TEXT PRIMARY KEY, file TEXT NOT NULL) WITHOUT ROWID;";

std::string name_of(const TileId& tile, const std::string& extension) {
    return std::to_string(tile.zoom()) + '/' + std::to_string(tile.column()) + '/' +
           std::to_string(tile.row()) + '.' + extension;
}

struct SeenStatements {
    explicit SeenStatements(const workspace::Connection& connection)
        : find(connection, "SELECT file FROM seen WHERE digest=?"),
          note(connection, "INSERT OR REPLACE INTO seen VALUES(?, ?)") {}
    Statement find;
    Statement note;
};

class FolderStore final : public TileStore {
public:
    struct Parts {
        std::unique_ptr<WorkBook> book;
        Descriptor folder;
    };
    FolderStore(Parts parts, PackagePlaces places, Description description)
        : book_(std::move(parts.book)),
          folder_(std::move(parts.folder)),
          places_(std::move(places)),
          description_(std::move(description)) {
        if (!book_->ended()) statements_.emplace(book_->connection());
    }

    const Ledger& ledger() const noexcept override { return book_->ledger(); }

    bool only_unnamed() const noexcept override { return book_->ended(); }

    Result<void> put(const TileId& tile, const Bytes& bytes) override {
        if (auto begun = book_->begin(); !begun) return begun;
        const std::string digest = digest_of(bytes);
        const std::string name = name_of(tile, description_.extension);
        const auto linked = link_to_equal({digest, name});
        if (!linked) return linked.error();
        ++book_->ledger().tiles;
        if (*linked) return {};
        if (auto written = write_file(folder_, name, bytes); !written) return written;
        ++book_->ledger().distinct;
        book_->ledger().bytes += bytes.size();
        return statements_->note.again()
            .bind(std::string_view(digest))
            .bind(std::string_view(name))
            .finish();
    }

    Result<void> keep(std::uint64_t next) override {
        // Files first: the book must never know of tiles that a power cut takes away.
        if (auto synced = sync_file_system(folder_); !synced) return synced;
        return book_->commit(next);
    }

    Result<void> finish() override {
        statements_.reset();
        const std::string document = tilejson(description_);
        if (auto written =
                write_file(folder_, document_name, Bytes(document.begin(), document.end()));
            !written)
            return written;
        if (!book_->ended()) {
            if (auto ended = book_->end(); !ended) return ended;
        }
        if (auto closed = book_->close(); !closed) return closed;
        if (auto gone = WorkBook::discard(places_.unfinished / book_name); !gone) return gone;
        if (auto synced = sync_file_system(folder_); !synced) return synced;
        return publish(places_.unfinished, places_.finished);
    }

private:
    struct Entry {
        std::string digest;  ///< of its bytes
        std::string name;
    };

    /// True when the bytes were there and have the new name too.
    Result<bool> link_to_equal(const Entry& entry) {
        Statement& find = statements_->find.again();
        const auto row = find.bind(std::string_view(entry.digest)).step();
        if (!row) return row.error();
        if (!*row) return false;
        const std::string file = find.text(0);
        // An export that was killed puts its last tiles once more.
        if (file == entry.name) return false;
        const auto linked = link_file(folder_, file, entry.name);
        if (!linked) return linked.error();
        return *linked == Linked::done;
    }

    std::unique_ptr<WorkBook> book_;
    Descriptor folder_;
    PackagePlaces places_;
    Description description_;
    std::optional<SeenStatements> statements_;  // after the book, whose connection they need
};

}  // namespace

Result<std::unique_ptr<TileStore>> open_folder_store(const PackagePlaces& places,
                                                     const Description& description) {
    std::error_code failure;
    fs::create_directory(places.unfinished, failure);
    if (failure) return write_failure(failure.value(), "the folder cannot be made");
    auto folder = open_folder(places.unfinished);
    if (!folder) return folder.error();
    auto book = WorkBook::open({places.unfinished / book_name, description.order, seen_table});
    if (!book) return book.error();
    return std::unique_ptr<TileStore>(std::make_unique<FolderStore>(
        FolderStore::Parts{std::move(*book), std::move(*folder)}, places, description));
}

Result<void> discard_folder(const fs::path& unfinished) {
    std::error_code failure;
    if (fs::exists(unfinished / book_name, failure)) {
        if (auto gone = WorkBook::discard(unfinished / book_name); !gone) return gone;
    }
    fs::remove_all(unfinished, failure);
    if (failure) return write_failure(failure.value(), "the unfinished package cannot be deleted");
    return {};
}

std::optional<std::string> order_in_folder(const fs::path& folder) {
    std::ifstream file(folder / document_name, std::ios::binary);
    if (!file) return std::nullopt;
    return order_in(std::string(std::istreambuf_iterator<char>(file), {}));
}

}  // namespace relief::archive
