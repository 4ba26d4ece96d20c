add_library(anchorwatch_windowdriver STATIC windowdriver.cpp windowdriver.h)
target_link_libraries(anchorwatch_windowdriver
    PUBLIC anchorwatch_app anchorwatch_fakes Qt6::Test)

target_precompile_headers(anchorwatch_windowdriver REUSE_FROM anchorwatch_app)

foreach(test tst_accessibility tst_mainwindow tst_opentabs tst_termination tst_newsession tst_quitting
             tst_connections tst_severalconnections)
    anchorwatch_add_test(${test} anchorwatch_windowdriver)
endforeach()
