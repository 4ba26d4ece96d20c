# The window's side of network/.
foreach(test IN ITEMS
        tst_activeport
        tst_anchorcodec
        tst_anchorprovider
        tst_anchorsessions
        tst_anchorurls
        tst_cdpliveview
        tst_detailfetcher
        tst_devtoolscodec
        tst_devtoolslocator
        tst_devtoolsprovider
        tst_fakesessionsservice
        tst_gatewayfaults
        tst_gatewayprovider
        tst_gridcodec
        tst_gridprovider
        tst_httpfault
        tst_liveclient
        tst_localendpoints
        tst_poller
        tst_processwatch
        tst_providerfaults
        tst_serviceaccess
        tst_rebasedurl
        tst_sessionending
        tst_sessionlistreader
        tst_sessionprovider
        tst_statefolders
        tst_terminator
        tst_wholefile)
    anchorwatch_add_test(${test} anchorwatch_network anchorwatch_fakes)
endforeach()
target_compile_definitions(tst_serviceaccess PRIVATE
    ANCHORWATCH_SOURCE_DIR="${PROJECT_SOURCE_DIR}")

anchorwatch_add_test(tst_liveframe anchorwatch_network Qt6::Gui)
anchorwatch_add_test(tst_localservice anchorwatch_network)
# Stands for anchorwatchd; it must bear that name, by which a running service is known.
qt_add_executable(anchorwatchd_standin anchorwatchdstandin.cpp)
target_link_libraries(anchorwatchd_standin PRIVATE anchorwatch_build)
set_target_properties(anchorwatchd_standin PROPERTIES
    OUTPUT_NAME anchorwatchd
    RUNTIME_OUTPUT_DIRECTORY "${CMAKE_CURRENT_BINARY_DIR}/standin")
add_dependencies(tst_localservice anchorwatchd_standin)
target_compile_definitions(tst_localservice PRIVATE
    STANDIN_PATH="$<TARGET_FILE:anchorwatchd_standin>")

anchorwatch_add_test(tst_secretstore anchorwatch_secrets)
# A real keychain, on a session bus that ends with the test.
qt_add_executable(tst_keychain tst_keychain.cpp)
target_link_libraries(tst_keychain PRIVATE anchorwatch_build anchorwatch_secrets Qt6::DBus Qt6::Test)
target_precompile_headers(tst_keychain REUSE_FROM anchorwatch_models_test_headers)
add_test(NAME tst_keychain COMMAND dbus-run-session -- $<TARGET_FILE:tst_keychain>
    -o "${ANCHORWATCH_RESULTS}/tst_keychain.xml,junitxml" -o -,txt)
set_tests_properties(tst_keychain PROPERTIES ENVIRONMENT "LC_ALL=C.UTF-8;TZ=UTC" TIMEOUT 300)
