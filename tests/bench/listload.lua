-- For wrk: each connection asks again after a while, so that 32 of them ask 2,000 times a second.
function delay()
    return 16
end
