#pragma once
// Which features of a layer are wanted: CQL2 text, or a filter as MapLibre writes it.

#include "tiler/core/result.hpp"
#include "tiler/core/vector_description.hpp"
#include "tiler/query/condition.hpp"
#include "tiler/query/row.hpp"

#include <memory>
#include <string_view>
#include <utility>
#include <vector>

namespace relief::query {

/// Immutable and cheap to copy; asked by any number of threads at once.
class Filter {
public:
    /// What begins with "[" is MapLibre's (an expression or of the old kind), anything else CQL2.
    /// An attribute that a MapLibre filter names and the layer has not is null there; CQL2 refuses
    /// it. Errors: bad_request saying what is wrong and where.
    static Result<Filter> parse(std::string_view text,
                                const std::vector<AttributeDescription>& attributes);

    /// `zoom`: of the tile, for filters that differ with it.
    bool holds(const Row& row, double zoom) const { return test_->holds(row, zoom); }

    /// What can be said of the rows it takes without looking at them: for a database.
    struct Needed {
        const Condition* condition = nullptr;  ///< true of all of them; null: nothing is known
        bool whole = false;                    ///< and of no others, at any zoom
    };
    /// Lives as long as the filter and its copies.
    Needed needed() const { return test_->needed(); }

    /// One kind of filter, compiled.
    class Test {
    public:
        Test() = default;
        Test(const Test&) = delete;
        Test& operator=(const Test&) = delete;
        Test(Test&&) = delete;
        Test& operator=(Test&&) = delete;
        virtual ~Test() = default;
        virtual bool holds(const Row& row, double zoom) const = 0;
        virtual Needed needed() const = 0;
    };

private:
    explicit Filter(std::shared_ptr<const Test> test) : test_(std::move(test)) {}

    std::shared_ptr<const Test> test_;
};

}  // namespace relief::query
