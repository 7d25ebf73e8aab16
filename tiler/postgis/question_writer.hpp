#pragma once
// The text of a question, and the values that it names.

#include "tiler/postgis/connection.hpp"

#include <string>
#include <utility>
#include <vector>

namespace relief::postgis {

/// Values come into the text as "$1", "$2", … in their order.
class QuestionWriter {
public:
    std::string value(std::string text) {
        values_.push_back(std::move(text));
        return "$" + std::to_string(values_.size());
    }
    /// Of float8, every digit of it.
    std::string number(double number);
    Question with(std::string text) const { return {std::move(text), values_}; }

private:
    std::vector<std::string> values_;
};

}  // namespace relief::postgis
