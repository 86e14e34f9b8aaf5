package kernel

//go:generate sh -c "cd asm && go run ./gemm -out ../gemm_amd64.s -pkg kernel"
//go:generate sh -c "cd asm && go run ./vm -family avx2 -out ../vm_avx2_amd64.s -pkg kernel"
//go:generate sh -c "cd asm && go run ./vm -family avx512 -out ../vm_avx512_amd64.s -pkg kernel"
