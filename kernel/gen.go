package kernel

//go:generate sh -c "cd asm && go run ./gemm -out ../gemm_amd64.s -pkg kernel"
