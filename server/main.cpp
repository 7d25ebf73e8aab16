#include "server/command/verbs.hpp"

int main(int argc, char** argv) {
    return relief::command::run(argc, argv);
}
