# The test "format": fails when a tracked C++ file is not as .clang-format lays it out.
# cmake -DCLANG_FORMAT=PROGRAM -DSOURCE_DIR=FOLDER -P checkformat.cmake
if(NOT CLANG_FORMAT)
    message(FATAL_ERROR "clang-format was not found when this build was configured")
endif()
execute_process(COMMAND git ls-files -- *.cpp *.h
    WORKING_DIRECTORY "${SOURCE_DIR}" OUTPUT_VARIABLE tracked COMMAND_ERROR_IS_FATAL ANY)
string(REGEX MATCHALL "[^\n]+" tracked "${tracked}")
set(files "")
foreach(file IN LISTS tracked)
    if(EXISTS "${SOURCE_DIR}/${file}")
        list(APPEND files "${file}")
    endif()
endforeach()
if(NOT files)
    message(FATAL_ERROR "git tracks no C++ file in ${SOURCE_DIR}")
endif()
execute_process(COMMAND "${CLANG_FORMAT}" --dry-run --Werror ${files}
    WORKING_DIRECTORY "${SOURCE_DIR}" RESULT_VARIABLE failed)
if(failed)
    message(FATAL_ERROR "Run: clang-format -i on the files named above")
endif()
list(LENGTH files count)
message("${count} files are as .clang-format lays them out")
