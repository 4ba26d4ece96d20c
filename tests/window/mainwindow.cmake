add_library(anchorwatch_windowdriver STATIC windowdriver.cpp windowdriver.h)
target_link_libraries(anchorwatch_windowdriver
    PUBLIC anchorwatch_app anchorwatch_fakes Qt6::Test)

target_precompile_headers(anchorwatch_windowdriver REUSE_FROM anchorwatch_app_test_headers)

foreach(test tst_accessibility tst_mainwindow tst_opentabs tst_plaintext tst_rightone tst_termination
             tst_newsession tst_quitting tst_connections tst_severalconnections tst_wakeup)
    anchorwatch_add_test(${test} anchorwatch_windowdriver)
endforeach()
set_tests_properties(tst_rightone PROPERTIES COST 500 TIMEOUT 900) # a thousand rounds, in every preset

anchorwatch_add_test(tst_windowprogram anchorwatch_app anchorwatch_fakes)
add_dependencies(tst_windowprogram anchorwatch)
target_compile_definitions(tst_windowprogram PRIVATE
    ANCHORWATCH_PROGRAM="$<TARGET_FILE:anchorwatch>")
