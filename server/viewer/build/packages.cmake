# cmake -DNPM=… -DSTAMP=… -P packages.cmake: installs what the lock file names.
execute_process(COMMAND "${NPM}" ci --no-audit --no-fund RESULT_VARIABLE failed)
if(failed)
    message(FATAL_ERROR "npm could not install the packages of the viewer. Without a connection to a registry, copy "
                        "server/viewer/node_modules from another machine and touch ${STAMP}, or configure with "
                        "-DRELIEF_VIEWER=OFF to build without the viewer.")
endif()
file(TOUCH "${STAMP}")
